use std::time::Duration;

/// What one decoder process may use. The defaults suit hours of footage on a laptop; reaching a limit
/// ends the pass with a finding, never with an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of address space (`RLIMIT_AS`).
    pub address_space: u64,
    /// Seconds of processor time over all threads (`RLIMIT_CPU`).
    pub cpu_seconds: u64,
    /// Time for the whole pass.
    pub wall: Duration,
    /// Time without any word from the process, after which it counts as hung.
    pub stall: Duration,
    /// Largest picture, in pixels, that is decoded.
    pub max_pixels: u64,
    /// Most frames of one file.
    pub max_frames: u32,
    /// Decoding threads, 1 to 16. Undamaged streams give the same pictures whatever the number.
    pub threads: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            address_space: 4 << 30,
            cpu_seconds: 8 * 3600,
            wall: Duration::from_secs(12 * 3600),
            stall: Duration::from_secs(60),
            max_pixels: 1 << 27,
            max_frames: 50_000_000,
            threads: cores.clamp(1, 8) as u32,
        }
    }
}
