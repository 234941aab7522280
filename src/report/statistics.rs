//! What can be said of a few numbers that are not spread evenly.

use super::figures::Length;

/// The least number of values for which a median means something: with five, even the smallest and the largest do not
/// hold the true median with 95 % confidence (order statistics: `1 - 2 * 0.5^n`).
pub const ENOUGH: usize = 6;

/// Lengths of time, the shortest first.
#[derive(Debug, Default)]
pub struct Lengths(Vec<Length>);

impl Lengths {
    /// Some lengths of time.
    pub fn new(mut lengths: Vec<Length>) -> Self {
        lengths.sort_unstable();
        Self(lengths)
    }

    /// All of them.
    pub fn all(&self) -> &[Length] {
        &self.0
    }

    /// The value in the middle, or halfway between the two in the middle.
    pub fn median(&self) -> Option<Length> {
        let last = self.0.len().checked_sub(1)?;
        let (low, high) = (self.0[last / 2], self.0[last.div_ceil(2)]);
        let seconds = low.seconds + (high.seconds - low.seconds) / 2;
        Some(Length { seconds, is_at_least: self.is_bound(high.seconds) })
    }

    /// The smallest value that is not exceeded by so many of a hundred (nearest rank).
    pub fn percentile(&self, percent: usize) -> Option<Length> {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        let seconds = self.0.get(rank - 1)?.seconds;
        Some(Length { seconds, is_at_least: self.is_bound(seconds) })
    }

    /// The longest.
    pub fn longest(&self) -> Option<Length> {
        let seconds = self.0.last()?.seconds;
        Some(Length { seconds, is_at_least: self.is_bound(seconds) })
    }

    /// Whether a value at this place may turn out to be larger: one that has not ended is not larger than it yet.
    fn is_bound(&self, seconds: i64) -> bool {
        self.0.iter().any(|length| length.is_at_least && length.seconds <= seconds)
    }
}

/// Spans of time from their first second to before their last, with those that overlap or touch made one.
pub fn joined(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (start, end) in spans {
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

/// How long spans of time are that do not overlap.
pub fn total(spans: &[(i64, i64)]) -> i64 {
    spans.iter().map(|(start, end)| end - start).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(seconds: &[i64], open: &[i64]) -> Lengths {
        let ended = seconds.iter().map(|&seconds| Length { seconds, is_at_least: false });
        let open = open.iter().map(|&seconds| Length { seconds, is_at_least: true });
        Lengths::new(ended.chain(open).collect())
    }

    #[test]
    fn ranks_are_those_of_the_definitions() {
        let of = |length: Option<Length>| length.map(|length| length.seconds);
        assert_eq!(of(lengths(&[], &[]).median()), None);
        assert_eq!(of(lengths(&[7], &[]).median()), Some(7));
        assert_eq!(of(lengths(&[1, 3], &[]).median()), Some(2));
        assert_eq!(of(lengths(&[9, 1, 3], &[]).median()), Some(3));
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!(of(lengths(&ten, &[]).percentile(90)), Some(9));
        assert_eq!(of(lengths(&ten[..9], &[]).percentile(90)), Some(9));
        assert_eq!(of(lengths(&[4], &[]).percentile(90)), Some(4));
    }

    #[test]
    fn what_has_not_ended_makes_larger_values_bounds_and_smaller_ones_not() {
        let some = lengths(&[1, 2, 3, 9], &[5]);
        assert!(!some.median().unwrap().is_at_least);
        assert!(some.longest().unwrap().is_at_least);
        assert!(lengths(&[9, 9, 9, 9], &[1]).median().unwrap().is_at_least);
    }

    #[test]
    fn overlaps_count_once() {
        assert_eq!(joined(vec![(5, 9), (0, 3), (2, 4), (9, 10)]), [(0, 4), (5, 10)]);
        assert_eq!(total(&joined(vec![(0, 10), (2, 3)])), 10);
    }
}
