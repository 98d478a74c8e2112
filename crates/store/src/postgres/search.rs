//! The index of words in a schema: sets of words under an inverted index. Words that must follow one
//! another are looked for in the text of those that have them all.

use postgres::Row as SqlRow;
use postgres::types::ToSql;

use super::session::{Session, column, signed};
use crate::error::Error;
use crate::fold::Table;
use crate::problem::Place;
use crate::search::{Document, Index, Searched, Term, Wanted};
use crate::vocabulary::Order;

/// What is wanted, as a condition over words and text, and its parameters from `$1` on.
struct Condition {
    sql: String,
    params: Vec<String>,
}

impl Condition {
    fn of(wanted: &Wanted) -> Self {
        let mut condition = Self {
            sql: "tokens OPERATOR(pg_catalog.@@) $1::text::tsquery".to_owned(),
            params: vec![sets(wanted)],
        };
        let is_phrase = |term: &&Term| term.words.len() > 1;
        for terms in &wanted.all {
            if terms.iter().any(|term| is_phrase(&term)) {
                let any: Vec<String> = terms
                    .iter()
                    .map(|term| condition.within(term, "> 0"))
                    .collect();
                condition.and(&any.join(" OR "));
            }
        }
        for term in wanted.none.iter().filter(is_phrase) {
            let without = condition.within(term, "= 0");
            condition.and(&without);
        }
        condition
    }

    fn within(&mut self, term: &Term, is: &str) -> String {
        self.params.push(term.within());
        format!("strpos(words, ${}) {is}", self.params.len())
    }

    fn and(&mut self, more: &str) {
        self.sql.push_str(&format!(" AND ({more})"));
    }
}

/// What is wanted as sets of words, whatever their order.
fn sets(wanted: &Wanted) -> String {
    let any = |terms: &Vec<Term>| {
        let terms: Vec<String> = terms.iter().map(set).collect();
        format!("({})", terms.join(" | "))
    };
    let single = wanted.none.iter().filter(|term| term.words.len() == 1);
    let none = single.map(|term| format!("!{}", set(term)));
    wanted
        .all
        .iter()
        .map(any)
        .chain(none)
        .collect::<Vec<_>>()
        .join(" & ")
}

// Folded words hold no quotation mark.
fn set(term: &Term) -> String {
    let last = term.words.len() - 1;
    let word = |(at, word): (usize, &String)| match at == last && term.begins {
        true => format!("'{word}':*"),
        false => format!("'{word}'"),
    };
    let words: Vec<String> = term.words.iter().enumerate().map(word).collect();
    format!("({})", words.join(" & "))
}

fn named(row: &SqlRow) -> Result<(u64, Table, u32), Error> {
    let odd = || Error::damaged(Place::Database, "its index of words names no record");
    let id = u64::try_from(column::<i64>(row, 0)?).map_err(|_| odd())?;
    let number = u32::try_from(column::<i64>(row, 1)?).map_err(|_| odd())?;
    Ok((id, Table::of_id(id).ok_or_else(odd)?, number))
}

fn document(row: &SqlRow) -> Result<Document, Error> {
    let (id, table, number) = named(row)?;
    let words = column(row, 2)?;
    Ok(Document {
        id,
        table,
        number,
        words,
    })
}

impl Session<'_> {
    fn search_table(&self) -> String {
        self.address.at("search")
    }

    fn selected(&self, rest: &str, params: &[&(dyn ToSql + Sync)]) -> Result<Vec<Document>, Error> {
        let sql = format!(
            "SELECT id, number, words FROM {} {rest}",
            self.search_table()
        );
        self.query(&sql, params)?.iter().map(document).collect()
    }
}

impl Searched for Session<'_> {
    fn document(&self, id: u64) -> Result<Option<Document>, Error> {
        Ok(self.selected("WHERE id = $1", &[&signed(id)])?.pop())
    }

    fn documents(&self, after: Option<u64>, limit: usize) -> Result<Vec<Document>, Error> {
        let after = after.map_or(-1, signed);
        self.selected(
            "WHERE id > $1 ORDER BY id LIMIT $2",
            &[&after, &signed(limit)],
        )
    }

    fn found(
        &self,
        wanted: &Wanted,
        order: Order,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Table, u32)>, Error> {
        let Condition { sql, params } = Condition::of(wanted);
        let many = params.len();
        let (is, way, after) = match order {
            Order::Newest => ("<", "DESC", after.map_or(i64::MAX, signed)),
            Order::Oldest => (">", "ASC", after.map_or(-1, signed)),
        };
        let sql = format!(
            "SELECT id, number FROM {} WHERE {sql} AND id {is} ${} ORDER BY id {way} LIMIT ${}",
            self.search_table(),
            many + 1,
            many + 2
        );
        let limit = signed(limit);
        let mut all: Vec<&(dyn ToSql + Sync)> = params.iter().map(|one| one as _).collect();
        all.extend([&after as &(dyn ToSql + Sync), &limit]);
        self.query(&sql, &all)?.iter().map(named).collect()
    }

    fn count(&self, wanted: &Wanted, most: usize) -> Result<usize, Error> {
        let Condition { sql, params } = Condition::of(wanted);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM {} WHERE {sql} LIMIT ${}) found",
            self.search_table(),
            params.len() + 1
        );
        let most = signed(most);
        let mut all: Vec<&(dyn ToSql + Sync)> = params.iter().map(|one| one as _).collect();
        all.push(&most);
        let rows = self.query(&sql, &all)?;
        let counted: i64 = rows.first().map_or(Ok(0), |row| column(row, 0))?;
        Ok(usize::try_from(counted).unwrap_or_default())
    }

    fn form(&self) -> Result<String, Error> {
        let sql = format!("SELECT form FROM {}", self.address.at("search_form"));
        self.query(&sql, &[])?
            .first()
            .map_or(Ok(String::new()), |row| column(row, 0))
    }
}

impl Index for Session<'_> {
    fn put_document(&mut self, document: &Document) -> Result<(), Error> {
        let sql = format!(
            "INSERT INTO {} (id, number, words) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET number = $2, words = $3",
            self.search_table()
        );
        let (id, number) = (signed(document.id), i64::from(document.number));
        self.execute(&sql, &[&id, &number, &document.words])
            .map(|_| ())
    }

    fn clear_documents(&mut self, form: &str) -> Result<(), Error> {
        self.execute(&format!("DELETE FROM {}", self.search_table()), &[])?;
        let at = self.address.at("search_form");
        self.execute(&format!("UPDATE {at} SET form = $1"), &[&form])
            .map(|_| ())
    }
}
