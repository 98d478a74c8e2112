//! Where and when items came about, over the whole case.

use journal::ContentId;
use serde::Serialize;
use store::number::ItemNo;
use store::record::{Item, ItemDate, ItemPlace};
use utoipa::ToSchema;

/// Every date and every place of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Whereabouts {
    /// Dates, superseded ones included.
    pub dates: Vec<ItemDate>,
    /// Places, superseded ones included.
    pub places: Vec<ItemPlace>,
    /// What the items are called that these are of.
    pub items: Vec<NamedItem>,
}

/// What an item is called.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NamedItem {
    /// Its id, by which records name it.
    #[schema(value_type = String)]
    pub id: ContentId,
    /// Number in the case.
    pub number: ItemNo,
    /// Original file name.
    pub name: String,
}

impl From<Item> for NamedItem {
    fn from(item: Item) -> Self {
        Self {
            id: item.id,
            number: item.number,
            name: item.name,
        }
    }
}
