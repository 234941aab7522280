//! Charts of reports: what stands where, in units of the drawing. The table beside a chart says the same in words.

use super::context::Pages;
use super::view::{BarView, ChartView, DotView, LaneView, TickView};
use crate::model::field_type::length;
use crate::report::figures::{Bar, Chart, Lane};
use crate::report::format::length_text;

/// Bars: how high a row is, where bars begin, and how long the longest is.
const ROW: usize = 22;
const BARS: usize = 76;
const LONGEST: usize = 280;

/// The room for the number behind a bar.
const NUMBER: usize = 44;

/// Dots: how wide the scale is, the room beside it, how high a lane is, and how far dots may stand from its middle.
const SCALE: usize = 560;
const MARGIN: usize = 24;
const LANE: usize = 62;
const SPREAD: usize = 3;

/// How far apart dots have to be in order not to cover each other.
const APART: usize = 9;

/// The lengths of time at which the scale may have a mark, in seconds.
const TICKS: [i64; 9] = [60, 300, 900, 3600, 4 * 3600, 86_400, 7 * 86_400, 30 * 86_400, 365 * 86_400];

impl Pages<'_> {
    /// What a chart of a report looks like; none of nothing.
    pub(super) fn chart(&self, chart: &Chart) -> Option<ChartView> {
        match chart {
            Chart::Bars(bars) if !bars.is_empty() => Some(drawn_bars(bars)),
            Chart::Dots(lanes) if lanes.iter().any(|lane| !lane.dots.is_empty()) => {
                Some(self.drawn_dots(lanes))
            }
            Chart::Bars(_) | Chart::Dots(_) => None,
        }
    }

    fn drawn_dots(&self, lanes: &[Lane]) -> ChartView {
        let seconds = || lanes.iter().flat_map(|lane| &lane.dots).map(|(length, _)| length.seconds);
        let smallest = seconds().min().unwrap_or_default();
        let largest = seconds().max().unwrap_or_default();
        let first = TICKS.iter().rposition(|&tick| tick <= smallest).unwrap_or(0);
        let last = TICKS.iter().position(|&tick| tick >= largest && tick > TICKS[first]);
        let last = last.unwrap_or(TICKS.len() - 1).max(first + 1).min(TICKS.len() - 1);
        let ticks = &TICKS[first.min(last - 1)..=last];
        let scale = Scale { from: ticks[0], to: ticks[ticks.len() - 1].max(largest) };
        let lanes_view = lanes.iter().enumerate().map(|(at, lane)| {
            let top = at * LANE;
            LaneView {
                label: lane.label.clone(),
                y: top + 16,
                middle: top + 40,
                dots: self.dots(lane, top + 40, scale),
            }
        });
        let count = seconds().count();
        ChartView {
            form: "dots",
            width: SCALE + 2 * MARGIN,
            height: lanes.len() * LANE + 26,
            description: format!(
                "A dot for each of {count} values on a logarithmic scale, from {} to {}. The table has the figures.",
                length(smallest),
                length(largest)
            ),
            ticks: ticks.iter().map(|&tick| TickView { x: scale.place(tick), label: length(tick) }).collect(),
            lanes: lanes_view.collect(),
            bars: Vec::new(),
        }
    }

    /// The dots of a lane. Those that would cover each other stand above and below the middle.
    fn dots(&self, lane: &Lane, middle: usize, scale: Scale) -> Vec<DotView> {
        let mut sorted = lane.dots.clone();
        sorted.sort_unstable();
        let mut last: [Option<usize>; 2 * SPREAD + 1] = [None; 2 * SPREAD + 1];
        let dots = sorted.into_iter().map(|(at, document)| {
            let x = scale.place(at.seconds);
            // The middle first, then one above, one below.
            let is_free = |row: &usize| last[*row].is_none_or(|last| last + APART <= x);
            let row = (0..last.len()).find(is_free).unwrap_or(x % last.len());
            last[row] = Some(x);
            let away = row.div_ceil(2) * (APART / 2 + 1);
            let y = if row % 2 == 1 { middle.saturating_sub(away) } else { middle + away };
            let title = format!("{}: {}", self.graph.documents[document].title, length_text(at));
            DotView { x, y, is_at_least: at.is_at_least, title }
        });
        dots.collect()
    }
}

/// A logarithmic scale of seconds.
#[derive(Clone, Copy)]
struct Scale {
    from: i64,
    to: i64,
}

impl Scale {
    /// Where a length of time stands. What is shorter than the scale stands at its beginning.
    fn place(self, seconds: i64) -> usize {
        let log = |seconds: i64| (seconds.max(self.from).max(1) as f64).ln();
        let share = (log(seconds) - log(self.from)) / (log(self.to) - log(self.from)).max(f64::EPSILON);
        MARGIN + (share * SCALE as f64).round() as usize
    }
}

fn drawn_bars(bars: &[Bar]) -> ChartView {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or_default().max(1);
    let views = bars.iter().enumerate().map(|(at, bar)| BarView {
        label: bar.label.clone(),
        y: at * ROW,
        width: (bar.count * LONGEST).div_ceil(most),
        count: bar.count,
    });
    ChartView {
        form: "bars",
        width: BARS + LONGEST + NUMBER,
        height: bars.len() * ROW,
        description: format!("{} bars, the longest for {most}. The table has the figures.", bars.len()),
        ticks: Vec::new(),
        lanes: Vec::new(),
        bars: views.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_times_as_long_is_as_far_everywhere() {
        let scale = Scale { from: 60, to: 600_000 };
        let at = |seconds| scale.place(seconds);
        assert_eq!((at(60), at(600_000)), (MARGIN, MARGIN + SCALE));
        assert_eq!((at(600) - at(60), at(60_000) - at(6000)), (SCALE / 4, SCALE / 4));
        assert_eq!((at(0), at(-5)), (MARGIN, MARGIN));
    }

    #[test]
    fn bars_of_something_can_be_seen() {
        let bars = [0, 1, 5000].map(|count| Bar { label: String::new(), count });
        let widths: Vec<usize> = drawn_bars(&bars).bars.iter().map(|bar| bar.width).collect();
        assert_eq!(widths, [0, 1, LONGEST]);
    }
}
