//! Where things lie in the 1989 net, written down a second time, without the lists of connections that the oracle
//! walks.

/// The H1 maps that H2 maps 0–3, 4–7 and 8–11 see.
pub const CONNECTION_TABLE: [[usize; 8]; 3] =
    [[0, 1, 2, 3, 4, 5, 6, 7], [4, 5, 6, 7, 8, 9, 10, 11], [0, 1, 2, 3, 8, 9, 10, 11]];

/// Where H1w[map, 0, dy, dx] lies among the parameters.
pub fn h1w(map: usize, dy: usize, dx: usize) -> usize {
    map * 25 + dy * 5 + dx
}
/// Where H1b[map, y, x] lies.
pub fn h1b(map: usize, y: usize, x: usize) -> usize {
    300 + map * 64 + y * 8 + x
}
/// Where H2w[map, slot, dy, dx] lies.
pub fn h2w(map: usize, slot: usize, dy: usize, dx: usize) -> usize {
    1068 + map * 200 + slot * 25 + dy * 5 + dx
}
/// Where H2b[map, y, x] lies.
pub fn h2b(map: usize, y: usize, x: usize) -> usize {
    3468 + map * 16 + y * 4 + x
}
/// Where H3w[unit, input] lies, the input being unit (y, x) of an H2 map.
pub fn h3w(unit: usize, map: usize, y: usize, x: usize) -> usize {
    3660 + unit * 192 + map * 16 + y * 4 + x
}
/// Where outw[unit, input] lies.
pub fn outw(unit: usize, input: usize) -> usize {
    9450 + unit * 30 + input
}

/// A plane `[y][x]` of `side` rows with a border of two rows and columns of −1: tap (dy, dx) of the unit at (y, x)
/// reads its [2y + dy][2x + dx].
pub fn bordered(plane: &[f64], side: usize) -> Vec<Vec<f64>> {
    let mut rows = vec![vec![-1.0; side + 4]; side + 4];
    for (y, x) in grid(side) {
        rows[y + 2][x + 2] = plane[y * side + x];
    }
    rows
}

/// All (y, x) of a square, row by row.
pub fn grid(side: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..side).flat_map(move |y| (0..side).map(move |x| (y, x)))
}
