//! Positions of a state dict's values among a layer's parameters, which are laid out for the kernels.

use alloc::vec::Vec;

/// Appends `first`, `first + step`, … : `count` positions. Not inlined: copies of it would be a tenth of the module.
#[inline(never)]
pub fn push_run(positions: &mut Vec<usize>, first: usize, step: usize, count: usize) {
    positions.extend((0..count).map(|i| first + i * step));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_follow_each_other() {
        let mut positions = Vec::new();
        push_run(&mut positions, 3, 4, 3);
        push_run(&mut positions, 100, 1, 2);
        assert_eq!(positions, [3, 7, 11, 100, 101]);
    }
}
