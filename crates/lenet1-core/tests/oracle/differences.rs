//! Central differences, and how near to them a formula must be.

/// The slope of `at` at 0.
pub fn slope(at: impl Fn(f64) -> f64) -> f64 {
    const REACH: f64 = 1e-5;
    (at(REACH) - at(-REACH)) / (2.0 * REACH)
}

/// The second derivative of `at` at 0, from its values at 0 and ±`reach`.
pub fn curvature(reach: f64, at: impl Fn(f64) -> f64) -> f64 {
    (at(reach) - 2.0 * at(0.0) + at(-reach)) / (reach * reach)
}

/// `values` with `by` added to the one at `index`.
pub fn shifted(values: &[f64], index: usize, by: f64) -> Vec<f64> {
    let mut values = values.to_vec();
    values[index] += by;
    values
}

/// Compares `got`, one value per parameter or input, with `expected`, pairs of an index and a value. Allows a millionth
/// of the largest `got` of the same tensor. (Measured: at most 4.2e-8 of it in gradients, 1.9e-7 in second
/// derivatives.) `tensors` are (name, first index, length).
pub fn assert_near_by_tensor(
    got: &[f64],
    expected: &[(usize, f64)],
    tensors: &[(&'static str, usize, usize)],
    what: &str,
) {
    for &(index, expected) in expected {
        let (name, first, length) =
            *tensors.iter().rfind(|(_, first, _)| *first <= index).expect("the first tensor begins at the first index");
        let largest = got[first..][..length].iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
        assert!(largest > 0.0, "{what}: {name} is all 0, which shows nothing");
        let (got, position) = (got[index], index - first);
        assert!(
            (got - expected).abs() <= 1e-6 * largest,
            "{what}, {name}[{position}]: got {got}, central difference {expected}, largest of the tensor {largest}"
        );
    }
}

/// About `each` indices per tensor, evenly spread; all of the smaller ones. The step is coprime to the sides of maps,
/// kernels and layers, so that every row, column and tap has its turn.
pub fn spread_indices(tensors: &[(&'static str, usize, usize)], each: usize) -> Vec<usize> {
    let mut indices = Vec::new();
    for &(_, first, length) in tensors {
        let mut step = length.div_ceil(each);
        while [2, 3, 5].iter().any(|&side| step.is_multiple_of(side)) {
            step += 1;
        }
        indices.extend((first..first + length).step_by(step));
    }
    indices
}
