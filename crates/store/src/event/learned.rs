use journal::ContentId;
use serde::{Deserialize, Serialize};

/// The learned descriptor by which pictures were found alike (docs/formats/descriptor.md). The case keeps
/// neither of its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Learned {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the model's file.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub model: ContentId,
    /// SHA-256 of `descriptor.json`, which says how the model is used and what counts as alike.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub description: ContentId,
    /// What ran it, with versions.
    pub runtime: String,
}

#[cfg(test)]
mod tests {
    use crate::event::MatchBasis;

    #[test]
    fn what_earlier_versions_wrote_is_read_and_written_as_it_was() {
        let earlier =
            r#"{"shared":"both","pairs":[[3,7]],"in_query":null,"in_reference":[0,0,900,900]}"#;
        let read: MatchBasis = serde_json::from_str(earlier).unwrap();
        assert_eq!(read.learned, None);
        assert_eq!(serde_json::to_string(&read).unwrap(), earlier);
    }
}
