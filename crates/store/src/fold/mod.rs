//! What each event does to the record, and which events the record refuses.
//!
//! The rules know nothing of databases: they see [`Tables`], which a back end provides within its
//! transaction, and which lie in memory when the journal is replayed.

mod actor;
mod admit;
mod cited;
mod citing;
mod claim;
mod item;
mod judgement;
mod mask;
mod matching;
mod media_review;
mod once;
mod person;
mod pin;
mod publication;
mod received;
mod remark;
mod removed;
mod rendered;
mod resemblance;
mod revise;
mod series;
mod source;
mod tables;
mod text;
mod tracked;
mod undo;
mod view;
mod watch;
mod whereabouts;
mod witness;

pub(crate) use admit::admit;
pub(crate) use citing::citing;
pub(crate) use matching::same_footage;
pub(crate) use once::{MEMBER, check_key, remember, requested};
pub(crate) use tables::{Kept, Memory, Row, Table, Tables, all, find, get};

use crate::error::{Error, Refusal};
use crate::event::Event;
use crate::number::Number;
use crate::record::{Case, Origin};

/// Applies `event`, recorded as `origin` says, or refuses it. What was put before a refusal is
/// for the back end to roll back.
pub(crate) fn apply(
    t: &mut dyn Tables,
    origin: &Origin,
    event: &Event,
) -> Result<Option<Number>, Error> {
    let opened = get::<Case>(t, 1)?.is_some();
    in_order(event, opened)?;
    actor::may_sign(t, &origin.actor)?;
    by_kind(t, origin, event, opened)
}

fn by_kind(
    t: &mut dyn Tables,
    origin: &Origin,
    event: &Event,
    opened: bool,
) -> Result<Option<Number>, Error> {
    match event {
        Event::KeyRotated(rotated) => actor::rotate(t, origin, rotated).map(|()| None),
        Event::KeyRevoked(revoked) => actor::revoke(t, origin, revoked).map(|()| None),
        Event::CheckpointSigned(signed) => witness::sign(t, origin, signed),
        Event::CheckpointAsked(asked) => witness::ask(t, origin, asked),
        Event::CheckpointWitnessed(said) => witness::witness(t, origin, said),
        Event::CheckpointCosigned(cosigned) => witness::cosign(t, origin, cosigned),
        Event::CaseOpened { name } => open_case(t, origin, name, opened).map(|()| None),
        Event::ActorRegistered { actor, public_key } => {
            actor::register(t, origin, actor, public_key).map(|()| None)
        }
        Event::ItemAcquired(acquired) => item::acquire(t, origin, acquired),
        Event::ItemInspected(inspected) => item::inspect(t, origin, inspected),
        Event::MediaReviewed(made) => media_review::review(t, origin, made),
        Event::ResemblanceJudged(made) => resemblance::judge(t, origin, made),
        Event::ItemRemoved(removed) => removed::remove(t, origin, removed),
        Event::MatchFound(found) => matching::find(t, origin, found),
        Event::MatchReviewed(reviewed) => matching::review(t, origin, reviewed),
        Event::WatchBegun(begun) => watch::begin(t, origin, begun),
        Event::WatchSearched(searched) => watch::search(t, origin, searched),
        Event::WatchEnded(ended) => watch::end(t, origin, ended),
        Event::ViewSaved(saved) => view::save(t, origin, saved),
        Event::ViewRenamed(renamed) => view::rename(t, origin, renamed),
        Event::ViewRemoved(removed) => view::remove(t, origin, removed),
        Event::EntryUndone(undone) => undo::undo(t, origin, undone),
        Event::PublicationDrafted(drafted) => publication::draft(t, origin, drafted),
        Event::PublicationReviewed(reviewed) => publication::review(t, origin, reviewed),
        Event::PublicationSealed(sealed) => publication::seal(t, origin, sealed),
        Event::PublicationWithdrawn(withdrawn) => publication::withdraw(t, origin, withdrawn),
        Event::PublicationReceived(it) => received::receive(t, origin, it),
        Event::ReportWritten { item, removed, .. } => item::report(t, item, *removed),
        Event::SourceNamed(named) => source::name(t, origin, named),
        Event::SourceObserved(observed) => source::observe(t, origin, observed),
        Event::SourceAliased(aliased) => source::alias(t, origin, aliased),
        Event::SourceRelated(related) => source::relate(t, origin, related),
        Event::SourceGraded(graded) => source::grade(t, origin, graded),
        Event::SeriesBegun(begun) => series::begin(t, origin, begun),
        Event::SeriesPlaced(placed) => series::place(t, origin, placed),
        Event::ClaimMade(made) => claim::make(t, origin, made),
        Event::ClaimRated(rated) => claim::rate(t, origin, rated),
        Event::ClaimStatusChanged(changed) => claim::change_status(t, origin, changed),
        Event::ObservationMade(made) => claim::observe(t, origin, made),
        Event::PersonEntered(entered) => person::enter(t, origin, entered),
        Event::PersonAppears(appears) => person::appear(t, origin, appears),
        Event::PersonProtected(protected) => person::protect(t, origin, protected),
        Event::PersonIdentified(identified) => person::identify(t, origin, identified),
        Event::MaskDrawn(drawn) => mask::draw(t, origin, drawn),
        Event::MaskConfirmed(confirmed) => mask::confirm(t, origin, confirmed),
        Event::MaskRendered(made) => rendered::render(t, origin, made),
        Event::ContentNoted(noted) => remark::content(t, origin, noted),
        Event::TagAdded(added) => remark::tag(t, origin, added),
        Event::NoteWritten(written) => remark::note(t, origin, written),
        Event::ItemDated(dated) => whereabouts::date(t, origin, dated),
        Event::ItemPlaced(placed) => whereabouts::place(t, origin, placed),
        Event::HypothesisStated { text, item } => judgement::state(t, origin, text, item.as_ref()),
        Event::EvidenceLinked { .. } => judgement::link(t, origin, event),
        Event::AssessmentMade(made) => judgement::assess(t, origin, made),
    }
}

/// Refuses what comes before the case is opened.
fn in_order(event: &Event, opened: bool) -> Result<(), Refusal> {
    match event {
        Event::CaseOpened { .. } | Event::ActorRegistered { .. } => Ok(()),
        _ if opened => Ok(()),
        _ => Err(Refusal::conflict(
            "the case is not open yet",
            "record case.opened first",
        )),
    }
}

fn open_case(t: &mut dyn Tables, origin: &Origin, name: &str, opened: bool) -> Result<(), Error> {
    text::required(name, "the name of the case")?;
    if opened {
        return Err(Refusal::conflict("the case is open already", "a case is opened once").into());
    }
    let case = Case {
        origin: origin.clone(),
        name: name.to_owned(),
    };
    tables::put(t, origin, &case)
}
