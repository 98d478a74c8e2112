//! Which sample a frame came from. The decoder hands each packet's ticket on to its frames.

use std::collections::VecDeque;

use media::facts::Quantiser;

/// Packets whose frames may still be inside the decoder: far more than any reorders.
const WINDOW: usize = 1024;

/// What is remembered of a packet until its frame comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    /// Number of the sample in decoding order.
    pub(super) sample: u32,
    /// Byte position in the file.
    pub(super) position: Option<u64>,
    /// Bytes.
    pub(super) size: u32,
    /// How coarsely its picture is coded.
    pub(super) quantiser: Option<Quantiser>,
    /// Ticks that were added to its presentation time.
    pub(super) shift: i64,
}

/// The tickets of the packets seen last.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    issued: u32,
    window: VecDeque<Ticket>,
}

impl Tickets {
    /// A ticket for the next packet. Returns its number.
    pub(super) fn issue(&mut self, position: Option<u64>, size: u32) -> u32 {
        if self.window.len() == WINDOW {
            self.window.pop_front();
        }
        let sample = self.issued;
        self.window.push_back(Ticket {
            sample,
            position,
            size,
            quantiser: None,
            shift: 0,
        });
        self.issued = self.issued.saturating_add(1);
        sample
    }

    /// Says in the ticket issued last what was added to its time.
    pub(super) fn set_shift(&mut self, shift: i64) {
        if let Some(ticket) = self.window.back_mut() {
            ticket.shift = shift;
        }
    }

    /// Says in the ticket issued last how coarsely its picture is coded.
    pub(super) fn set_quantiser(&mut self, quantiser: Option<Quantiser>) {
        if let Some(ticket) = self.window.back_mut() {
            ticket.quantiser = quantiser;
        }
    }

    /// The ticket issued last.
    pub(super) fn last(&self) -> Option<Ticket> {
        self.window.back().copied()
    }

    /// The ticket that a frame carries; `None` when its decoder does not hand tickets on.
    pub(super) fn find(&self, carried: i64) -> Option<Ticket> {
        let first = self.window.front()?.sample;
        let carried = u32::try_from(carried).ok()?;
        let index = carried.checked_sub(first)? as usize;
        self.window.get(index).copied()
    }
}
