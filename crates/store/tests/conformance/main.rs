//! What every back end must do. The suites are run here against each that exists; a new one is
//! supported once it passes them.

#![allow(clippy::unwrap_used)]

mod blobs;
mod records;
#[path = "../servers/s3.rs"]
mod s3;
mod sample;
#[path = "../servers/postgres.rs"]
mod servers;

/// Runs the suite of stores: `$open` gives an empty store, and what keeps it
/// alive; or why there is none here.
macro_rules! store_suite {
    ($name:ident, $open:expr) => {
        mod $name {
            store_suite!(@tests $open,
                a_case_is_opened_once_and_first
                keys_are_registered_with_the_first_entry
                names_and_keys_are_bound_to_each_other
                the_same_bytes_are_one_item
                the_newest_inspection_counts
                sources_are_graded_and_observed
                a_state_is_shown_by_what_the_case_keeps
                a_persons_later_grade_supersedes_the_earlier_one
                names_and_ties_have_their_times
                a_series_orders_items_and_shows_gaps
                people_are_protected_by_their_roles_and_by_the_last_word
                a_mask_is_drawn_on_frames_revised_and_confirmed
                a_mask_of_sound_is_of_samples
                a_rendering_is_of_masks_that_stand
                tags_are_added_once_and_removed
                notes_are_on_what_is_there
                the_last_word_on_what_an_item_shows_stands
                dates_are_as_precise_as_they_are_written
                places_are_on_earth
                a_judgement_of_when_or_where_is_revised_by_its_maker
                claims_stand_where_their_history_says
                a_claim_is_rated_and_the_rating_revised
                a_language_is_a_tag_and_a_time_may_be_a_minute
                spans_are_in_order_and_within_their_item
                pins_are_on_items_that_are_there
                evidence_must_exist
                everything_that_has_an_address_can_be_cited
                what_is_cited_is_not_withdrawn
                frames_that_are_cited_keep_their_item
                notes_are_not_on_frames_and_entries
                hypotheses_gather_evidence
                assessments_supersede_their_own
                matches_are_known_from_either_side
                the_last_word_on_a_match_stands
                a_watch_begins_finds_and_ends
                items_with_new_fingerprints_are_to_be_searched_again
                searches_are_of_what_is_there
                what_stood_before_a_change_stands_again
                what_something_rests_on_is_not_withdrawn
                what_cannot_be_undone_says_why
                a_tracked_region_follows_its_span
                a_span_of_sound_is_of_an_item_that_has_some
                codes_that_cannot_hold_together_are_refused
                a_reviewer_holds_one_review_of_an_item
                a_resemblance_is_judged_on_two_pinned_frames
                a_draft_selects_what_stands_and_is_revised
                a_draft_is_read_by_somebody_else_and_sealed_once
                a_publication_of_others_comes_in_once
                what_others_publish_is_cited_and_found_as_theirs
                what_shows_an_item_goes_with_it
                what_is_in_use_is_not_removed
                of_what_is_removed_nothing_is_recorded
                a_tombstone_says_what_was_there
                a_key_hands_over_and_ends
                heads_are_signed_asked_for_and_witnessed
                heads_of_another_journal_only_grow
                empty_words_and_odd_times_are_refused
                every_field_of_every_record_is_searched
                every_script_is_found_as_it_is_typed
                searches_are_narrowed
                items_are_found_by_tags_and_by_what_they_show
                items_are_found_by_what_was_found_in_them
                what_is_found_is_read_in_pages
                a_view_is_saved_renamed_and_removed
                a_refusal_leaves_nothing
                entries_are_read_in_pages
                the_head_is_the_tree_over_the_envelopes
                rebuilding_changes_nothing
                a_sound_case_has_no_problems
                writers_take_turns
                what_is_recorded_under_a_key_is_recorded_once
                a_journal_is_taken_over_whole
                a_journal_is_brought_up_to_date
                another_journal_is_not_mixed_with_the_one_that_is_here
                an_unsound_journal_leaves_nothing
            );
        }
    };
    (@tests $open:expr, $($test:ident)+) => {
        $(#[test]
        fn $test() {
            match $open() {
                Ok((store, _keep)) => crate::records::$test(&store),
                Err(why) => println!("skipped: {why}"),
            }
        })+
    };
}

/// Runs the suite of blobs: `$open` gives an empty place, and what keeps it
/// alive; or why there is none here.
macro_rules! blob_suite {
    ($name:ident, $open:expr) => {
        mod $name {
            blob_suite!(@tests $open,
                bytes_come_back_under_their_hash
                the_same_bytes_are_kept_once
                a_broken_input_leaves_nothing
                progress_counts_to_the_end
                what_is_missing_is_named
            );
        }
    };
    (@tests $open:expr, $($test:ident)+) => {
        $(#[test]
        fn $test() {
            match $open() {
                Ok((blobs, _keep)) => crate::blobs::$test(&blobs),
                Err(why) => println!("skipped: {why}"),
            }
        })+
    };
}

/// Runs what a store and a place for blobs do together: `$store` and `$blobs` give empty ones.
macro_rules! pairing_suite {
    ($name:ident, $store:expr, $blobs:expr) => {
        #[test]
        fn $name() {
            match ($store(), $blobs()) {
                (Ok((store, _file)), Ok((blobs, _folder))) => {
                    crate::records::bytes_go_after_their_tombstone_and_none_of_others(
                        &store, &blobs,
                    );
                }
                (Err(why), _) | (_, Err(why)) => println!("skipped: {why}"),
            }
        }
    };
}

type Opened<T, Keep> = Result<(T, Keep), String>;

fn sqlite() -> Opened<store::SqliteStore, tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let store = store::SqliteStore::create(&folder.path().join("case.db")).unwrap();
    Ok((store, folder))
}

fn postgres() -> Opened<store::PgStore, ()> {
    let cluster = servers::cluster()?;
    Ok((store::PgStore::create(&cluster.case()).unwrap(), ()))
}

fn folder() -> Opened<store::Folder, tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let blobs = store::Folder::open(&folder.path().join("blobs")).unwrap();
    Ok((blobs, folder))
}

fn bucket(service: Result<&'static s3::Service, String>) -> Opened<store::S3, tempfile::TempDir> {
    let (service, copies) = (service?, tempfile::tempdir().unwrap());
    let bucket = store::Bucket::parse(&service.place(), Some(&service.endpoint())).unwrap();
    let with = store::Credentials {
        key_id: s3::KEY.into(),
        secret: s3::SECRET.into(),
        token: None,
        region: None,
        in_clear: false,
    };
    let here = store::Copies {
        folder: copies.path().join("blobs"),
        most: 1 << 30,
    };
    Ok((store::S3::create(bucket, &with, &here).unwrap(), copies))
}

store_suite!(sqlite_file, crate::sqlite);
store_suite!(postgres_schema, crate::postgres);
blob_suite!(plain_folder, crate::folder);
blob_suite!(bucket_of_moto, || crate::bucket(crate::s3::moto()));
blob_suite!(bucket_of_s3s, || crate::bucket(crate::s3::s3s()));
pairing_suite!(file_and_folder, sqlite, folder);
pairing_suite!(file_and_moto, sqlite, || bucket(s3::moto()));
pairing_suite!(file_and_s3s, sqlite, || bucket(s3::s3s()));
pairing_suite!(server_and_folder, postgres, folder);
pairing_suite!(server_and_moto, postgres, || bucket(s3::moto()));
pairing_suite!(server_and_s3s, postgres, || bucket(s3::s3s()));
