//! The windows of H1 and H2: 5×5, two apart, on a plane with a virtual background around it. (Paper, §3.)
//!
//! The window of output unit `(y, x)` is centred on unit `(2y, 2x)` of the plane below: tap `(dy, dx)` reads unit
//! `(2y + dy − 2, 2x + dx − 2)` there. A plane has twice the outputs' side, so windows reach past it by two units at
//! the top and left and by one at the bottom and right. Off the plane lies the background, which is stored as 0
//! ([`image`](crate::image)). Taps that fall on it are left out: 14 % of H1's multiply-adds and 28 % of H2's.

use core::ops::Range;

/// Side of a window.
pub const KERNEL: usize = 5;
/// Distance between neighbouring windows.
pub const STRIDE: usize = 2;
/// How far a window reaches above and left of its centre.
pub const MARGIN: usize = 2;

/// The plane's coordinate that tap `tap` of output `output` reads. It must lie on the plane.
#[must_use]
#[inline(always)]
pub const fn below(output: usize, tap: usize) -> usize {
    STRIDE * output + tap - MARGIN
}

/// The taps of output `output` (of `side` outputs) that fall on the plane, along one axis.
#[must_use]
#[inline(always)]
pub const fn taps_on_plane(output: usize, side: usize) -> Range<usize> {
    let first = if output == 0 { MARGIN } else { 0 };
    let end = if output == side - 1 { KERNEL - 1 } else { KERNEL };
    first..end
}

/// The outputs (of `side`) whose tap `tap` falls on the plane, along one axis.
#[must_use]
#[inline(always)]
pub const fn outputs_on_plane(tap: usize, side: usize) -> Range<usize> {
    let first = if tap < MARGIN { 1 } else { 0 };
    let end = if tap == KERNEL - 1 { side - 1 } else { side };
    first..end
}

/// The outputs (of `side`) that read unit `unit` of the plane, along one axis, each with tap
/// `unit + MARGIN − STRIDE · output`.
#[must_use]
#[inline(always)]
pub const fn outputs_reading(unit: usize, side: usize) -> Range<usize> {
    let end = unit / STRIDE + 2;
    unit.div_ceil(STRIDE).saturating_sub(1)..if end < side { end } else { side }
}

/// The rows of the plane that tap row `tap` reads, one for each row of [`outputs_on_plane`]; more rows may follow.
#[inline(always)]
pub fn rows_below<Row, const ROWS: usize>(plane: &[Row; ROWS], tap: usize) -> impl Iterator<Item = &Row> {
    let (pairs, _) = plane.as_chunks::<STRIDE>();
    let first = outputs_on_plane(tap, ROWS / STRIDE).start;
    pairs[first + tap / STRIDE - 1..].iter().map(move |pair| &pair[tap % STRIDE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_name_exactly_the_taps_that_fall_on_the_plane() {
        for side in [4, 8] {
            for output in 0..side {
                for tap in 0..KERNEL {
                    let on_plane = STRIDE * output + tap >= MARGIN && STRIDE * output + tap - MARGIN < STRIDE * side;
                    assert_eq!(taps_on_plane(output, side).contains(&tap), on_plane);
                    assert_eq!(outputs_on_plane(tap, side).contains(&output), on_plane);
                }
            }
        }
    }

    #[test]
    fn a_unit_is_read_by_the_outputs_whose_windows_reach_it() {
        for side in [4, 8] {
            for unit in 0..STRIDE * side {
                for output in 0..side {
                    let reached = taps_on_plane(output, side).any(|tap| below(output, tap) == unit);
                    assert_eq!(outputs_reading(unit, side).contains(&output), reached, "unit {unit}, output {output}");
                }
            }
        }
    }

    #[test]
    fn rows_below_are_the_rows_that_the_outputs_read() {
        let plane: [usize; 16] = core::array::from_fn(|row| row);
        for tap in 0..KERNEL {
            let expected: Vec<usize> = outputs_on_plane(tap, 8).map(|output| below(output, tap)).collect();
            let got: Vec<usize> = rows_below(&plane, tap).copied().take(expected.len()).collect();
            assert_eq!(got, expected);
        }
    }

    #[test]
    fn taps_on_the_background_are_a_seventh_of_h1s_and_over_a_quarter_of_h2s() {
        let on_plane = |side: usize| (0..side).map(|output| taps_on_plane(output, side).len()).sum::<usize>();
        assert_eq!([on_plane(8).pow(2), (8 * KERNEL).pow(2)], [1369, 1600]);
        assert_eq!([on_plane(4).pow(2), (4 * KERNEL).pow(2)], [289, 400]);
    }

    #[test]
    fn the_middle_tap_reads_every_second_unit() {
        assert_eq!([below(0, 2), below(1, 2), below(7, 2), below(7, 3)], [0, 2, 14, 15]);
    }
}
