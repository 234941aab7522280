//! Whole programs: how long they run, how much the processors work, and how much memory they take.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What a program took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Run {
    /// From start to end.
    pub(crate) wall: Duration,
    /// The time of all its threads together, where the system says.
    pub(crate) cpu: Duration,
    /// The most memory that it had at once in bytes, where the system says.
    pub(crate) peak: u64,
    /// How much of the processors others had meanwhile, in thousandths.
    pub(crate) others: u64,
}

/// What something within this process took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Took {
    /// From start to end.
    pub(crate) wall: Duration,
    /// The time of all threads together, where the system says.
    pub(crate) cpu: Duration,
    /// How much more memory there was at once than before, in bytes, where the system says.
    pub(crate) memory: u64,
}

/// Does something within this process.
pub(crate) fn take<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let process = std::process::id();
    // From here on, the most memory is what is there now. Where that can't be said, the most so far stays.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let memory = status(process, "VmRSS:").unwrap_or_default();
    let (start, cpu) = (Instant::now(), self::cpu(process).unwrap_or_default());
    let result = std::hint::black_box(work());
    let wall = start.elapsed();
    let cpu = self::cpu(process).unwrap_or_default().saturating_sub(cpu);
    let memory = status(process, "VmHWM:").unwrap_or_default().saturating_sub(memory);
    (result, Took { wall, cpu, memory })
}

/// Runs a program to its end. What it says goes to `log`.
///
/// # Errors
///
/// If it can't be run or fails.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Run> {
    super::settle();
    let said = fs::File::create(log).with_context(|| format!("cannot write `{}`", log.display()))?;
    command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said);
    let busy = busy();
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let (wall, cpu, peak) = watch(&child, start);
    let status = child.wait()?;
    let wall = wall.unwrap_or_else(|| start.elapsed());
    let others = self::busy().saturating_sub(busy).saturating_sub(cpu);
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as u128;
    let others = (others.as_micros() * 1000 / (wall.as_micros().max(1) * cores)) as u64;
    if !status.success() {
        bail!("{command:?} failed: {status}\n{}", fs::read_to_string(log).unwrap_or_default());
    }
    Ok(Run { wall, cpu, peak, others })
}

/// Waits for the end of a program and leaves it to be reaped, so that the system still knows its times.
#[cfg(target_os = "linux")]
fn watch(child: &std::process::Child, start: Instant) -> (Option<Duration>, Duration, u64) {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};

    let process = child.id();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // The kernel keeps the maximum, so it does not matter how rarely somebody looks.
        let watcher = scope.spawn(|| {
            let mut peak = 0;
            while !is_over.load(Ordering::Relaxed) {
                peak = memory(process).unwrap_or(peak);
                std::thread::sleep(Duration::from_millis(4));
            }
            peak
        });
        let ended = Pid::from_raw(process as i32).and_then(|process| {
            waitid(WaitId::Pid(process), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT).ok()
        });
        let wall = ended.map(|_| start.elapsed());
        let cpu = cpu(process).unwrap_or_default();
        is_over.store(true, Ordering::Relaxed);
        (wall, cpu, watcher.join().unwrap_or_default())
    })
}

#[cfg(not(target_os = "linux"))]
fn watch(_: &std::process::Child, _: Instant) -> (Option<Duration>, Duration, u64) {
    (None, Duration::default(), 0)
}

/// The most memory that a process has had.
#[cfg(target_os = "linux")]
fn memory(process: u32) -> Option<u64> {
    status(process, "VmHWM:")
}

/// A size that the system knows of a process.
fn status(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches("kB").trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// The time of everything that ran since the system started, and of what the host took away.
fn busy() -> Duration {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = stat.lines().next().unwrap_or_default().split_whitespace().skip(1);
    let ticks: Vec<u64> = fields.filter_map(|field| field.parse().ok()).collect();
    // Those at 3 and 4 are the times of doing nothing; those after 7 are counted before.
    let busy = ticks.iter().enumerate().filter(|(place, _)| !matches!(place, 3 | 4 | 8..));
    Duration::from_millis(busy.map(|(_, ticks)| ticks * 10).sum())
}

/// The time of all threads of a process.
fn cpu(process: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
