//! CASE and UCO, versions 1.4 and 1.5: what was preserved and inspected, and what people saw and judged.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::Sharing;

impl Sharing<'_> {
    pub(super) fn case_uco(&self) -> Value {
        let mut graph = vec![self.tool_of()];
        let mut held = vec![self.thing("tool", self.tool)];
        for item in &self.records.items {
            graph.push(self.file(item));
            held.push(self.node("File", &item.number.to_string()));
            if let Some(inspected) = self.inspected(item) {
                held.push(json!({"@id": inspected["@id"]}));
                graph.push(inspected);
            }
        }
        for seen in &self.records.observations {
            let number = seen.number.to_string();
            let of = self.records.item(&seen.made.pin.item);
            graph.push(self.annotation(&number, of, &seen.made.text, &seen.origin.at));
            held.push(self.node("Annotation", &number));
        }
        for claim in &self.records.claims {
            let number = claim.number.to_string();
            let of = self.records.item(&claim.made.pin.item);
            let text = format!("claimed, {}: {}", claim.status, claim.made.text);
            graph.push(self.annotation(&number, of, &text, &claim.origin.at));
            held.push(self.node("Annotation", &number));
        }
        graph.push(json!({
            "@id": self.id("Investigation", "case"),
            "@type": "case-investigation:Investigation",
            "uco-core:name": self.publication.drafted.title,
            "uco-core:description": self.described(),
            "uco-core:object": held,
        }));
        json!({"@context": context(), "@graph": graph})
    }

    /// What was asked, where somebody asked, and what is said of it.
    fn described(&self) -> Vec<String> {
        let drafted = &self.publication.drafted;
        let asked = drafted.question.iter().map(|it| format!("asked: {it}"));
        asked.chain([drafted.summary.clone()]).collect()
    }

    fn tool_of(&self) -> Value {
        let (name, version) = self.tool.split_once(' ').unwrap_or((self.tool, ""));
        json!({
            "@id": self.id("tool", self.tool),
            "@type": "uco-tool:Tool",
            "uco-core:name": name,
            "uco-tool:version": version,
        })
    }

    fn file(&self, item: &store::record::Item) -> Value {
        let number = item.number.to_string();
        let hash = json!({
            "@id": self.id("Hash", &number),
            "@type": "uco-types:Hash",
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": item.id.hex()},
        });
        json!({
            "@id": self.id("File", &number),
            "@type": "uco-observable:File",
            "uco-core:name": item.name,
            "uco-core:hasFacet": [{
                "@id": self.id("ContentDataFacet", &number),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:hash": [hash],
                "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": item.size.to_string()},
            }],
        })
    }

    fn inspected(&self, item: &store::record::Item) -> Option<Value> {
        let inspection = item.inspection.as_ref()?;
        let number = item.number.to_string();
        Some(json!({
            "@id": self.id("InvestigativeAction", &number),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": "inspected",
            "uco-core:description": [format!(
                "{} presented frames, read by {}", inspection.inspected.frame_count, inspection.inspected.tool
            )],
            "uco-action:endTime": {"@type": "xsd:dateTime", "@value": inspection.origin.at},
            "uco-action:instrument": [self.thing("tool", self.tool)],
            "uco-action:object": [self.node("File", &number)],
        }))
    }

    fn annotation(
        &self,
        number: &str,
        of: Option<store::number::ItemNo>,
        text: &str,
        at: &str,
    ) -> Value {
        let of: Vec<Value> = of
            .iter()
            .map(|it| self.node("File", &it.to_string()))
            .collect();
        json!({
            "@id": self.id("Annotation", number),
            "@type": "uco-core:Annotation",
            "uco-core:name": number,
            "uco-core:objectCreatedTime": {"@type": "xsd:dateTime", "@value": at},
            "uco-core:statement": [text],
            "uco-core:object": of,
        })
    }

    fn thing(&self, kind: &str, name: &str) -> Value {
        json!({"@id": self.id(kind, name)})
    }

    fn node(&self, kind: &str, number: &str) -> Value {
        self.thing(kind, number)
    }

    /// A name that ends in a UUID, as UCO wants it, of version 8 (RFC 9562): drawn from what it names.
    fn id(&self, kind: &str, name: &str) -> String {
        let whole = format!("{}\n{kind}\n{name}", self.checkpoint.checkpoint);
        let mut bytes: [u8; 32] = Sha256::digest(whole).into();
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let digits = hex::encode(&bytes[..16]);
        let parts = [
            &digits[..8],
            &digits[8..12],
            &digits[12..16],
            &digits[16..20],
            &digits[20..],
        ];
        format!("kb:{kind}-{}", parts.join("-"))
    }
}

fn context() -> Value {
    let uco = |part: &str| format!("https://ontology.unifiedcyberontology.org/uco/{part}/");
    json!({
        "kb": "urn:framewitness:case:",
        "case-investigation": "https://ontology.caseontology.org/case/investigation/",
        "uco-action": uco("action"),
        "uco-core": uco("core"),
        "uco-observable": uco("observable"),
        "uco-tool": uco("tool"),
        "uco-types": uco("types"),
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}
