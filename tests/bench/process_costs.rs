//! What the kernel says about a process: memory and CPU time.

use std::time::Duration;

use anyhow::Context as _;

/// The clock ticks of `/proc/<pid>/stat`: 100 a second on every Linux architecture we build for.
const TICK: Duration = Duration::from_millis(10);

/// Memory and CPU time of a process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Costs {
    /// Resident memory, in bytes.
    pub(crate) resident: u64,
    /// User and system time since its start.
    pub(crate) cpu: Duration,
}

impl Costs {
    /// The greater of each.
    pub(crate) fn greater(self, other: Self) -> Self {
        Self {
            resident: self.resident.max(other.resident),
            cpu: self.cpu.max(other.cpu),
        }
    }
}

/// Asks the kernel.
pub(crate) fn of(process: u32) -> anyhow::Result<Costs> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let resident = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .context("no VmRSS")?
        .parse::<u64>()?;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, fields) = stat.rsplit_once(')').context("no end of the name")?;
    // Counted from after the name: utime and stime are the 12th and 13th.
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u32 = ticks.filter_map(|field| field.parse::<u32>().ok()).sum();
    Ok(Costs {
        resident: resident * 1024,
        cpu: TICK * ticks,
    })
}
