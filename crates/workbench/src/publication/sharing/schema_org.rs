//! ClaimReview and MediaReview of schema.org.

use serde_json::{Value, json};
use store::record::{Claim, MediaReview};
use store::vocabulary::ClaimStatus;

use super::Sharing;

const CONTEXT: &str = "https://schema.org";

impl Sharing<'_> {
    /// Claims that were examined, each with its status in words: there is no scale on which they would lie.
    pub(super) fn claim_reviews(&self) -> Value {
        let examined = { &self.records.claims }
            .iter()
            .filter(|it| it.status != ClaimStatus::Unverified);
        let reviews: Vec<Value> = examined.map(|it| self.claim_review(it)).collect();
        json!({"@context": CONTEXT, "@graph": reviews})
    }

    fn claim_review(&self, claim: &Claim) -> Value {
        let made = &claim.made;
        let mut item = json!({"@type": "Claim", "text": made.text});
        let source = made.source.and_then(|number| {
            let mut sources = self.records.sources.iter();
            sources
                .find(|it| it.number == number)
                .map(|it| &it.named.name)
        });
        if let Some(name) = made.claimant.as_ref().or(source) {
            item["author"] = json!({"@type": "Person", "name": name});
        }
        if let Some(asserted) = &made.asserted {
            item["datePublished"] = json!(asserted);
        }
        if let Some(language) = &made.language {
            item["inLanguage"] = json!(language);
        }
        if let Some(url) = &made.url {
            item["appearance"] = json!({"@type": "CreativeWork", "url": url});
        }
        let last = claim.history.last();
        let mut rating = json!({"@type": "Rating", "alternateName": claim.status});
        if let Some(reason) = last.map(|it| &it.reason).filter(|it| !it.is_empty()) {
            rating["ratingExplanation"] = json!(reason);
        }
        json!({
            "@type": "ClaimReview",
            "@id": self.urn(&claim.number.to_string()),
            "claimReviewed": made.text,
            "itemReviewed": item,
            "reviewRating": rating,
            "author": {"@type": "Person", "name": last.map(|it| &it.origin.actor)},
            "datePublished": last.map_or(self.date(), |it| it.origin.at.as_str()),
        })
    }

    /// Reviews that stand, in the codes of schema.org's own enumeration.
    pub(super) fn media_reviews(&self) -> Value {
        let standing = self.records.media_reviews.iter().filter(|it| it.stands());
        let reviews: Vec<Value> = standing.map(|it| self.media_review(it)).collect();
        json!({"@context": CONTEXT, "@graph": reviews})
    }

    fn media_review(&self, review: &MediaReview) -> Value {
        let made = &review.made;
        let codes: Vec<String> = { &made.codes }
            .iter()
            .map(|code| format!("{CONTEXT}/{}", code.word()))
            .collect();
        let mut media = json!({"@type": "MediaObject", "sha256": made.item.hex()});
        let mut items = self.records.items.iter();
        if let Some(item) = items.find(|it| it.id == made.item) {
            media["@id"] = json!(self.urn(&format!("item-{}", item.number.0)));
            media["name"] = json!(item.name);
            media["contentSize"] = json!(item.size.to_string());
        }
        let mut written = json!({
            "@type": "MediaReview",
            "@id": self.urn(&review.number.to_string()),
            "itemReviewed": media,
            "mediaAuthenticityCategory": codes,
            "reviewBody": made.reasons,
            "author": {"@type": "Person", "name": made.reviewer},
            "datePublished": review.origin.at,
        });
        if let Some(context) = &made.context {
            written["originalMediaContextDescription"] = json!(context);
        }
        written
    }
}
