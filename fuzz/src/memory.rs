//! How much a parser allocates.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTING: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Runs `parse` and panics if it allocates more than `most` bytes in all, freed ones counted too. Only
/// one check may run at a time: other threads are counted along.
pub(crate) fn bounded<T>(most: usize, parse: impl FnOnce() -> T) -> T {
    let region = Region::new(&INSTRUMENTED_SYSTEM);
    let parsed = parse();
    let change = region.change();
    let allocated = change
        .bytes_allocated
        .saturating_add_signed(change.bytes_reallocated.max(0));
    assert!(
        allocated <= most,
        "{allocated} bytes allocated, {most} allowed"
    );
    parsed
}
