//! Random distortions of the patterns to learn ("data augmentation"). The paper has none.

use crate::image::{BACKGROUND, Image, SIDE, stored};
use crate::random::TorchRandom;

/// Limits of a distortion. For each pattern every number is drawn anew, uniformly within ± its limit.
///
/// The image is turned, scaled, sheared and shifted about its centre, then bent by an elastic field. Grey levels are
/// interpolated in the original; outside it is background. (Elastic: Simard, Steinkraus, Platt, "Best Practices for
/// Convolutional Neural Networks", 2003; here the displacements are drawn on a grid of points five pixels apart, and
/// linear in between.)
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distortion {
    /// Rotation, in radians; below π.
    pub rotation: f32,
    /// Part by which width and height grow or shrink, drawn separately; below 1.
    pub scale: f32,
    /// Columns that a row moves sideways per row of distance from the centre.
    pub shear: f32,
    /// Pixels, drawn separately along x and y.
    pub shift: f32,
    /// Pixels that a point of the elastic grid moves, drawn separately along x and y.
    pub elastic: f32,
    /// Whole pixels along x and y; pixels that leave the image on one side come in on the other (`torch.roll`).
    pub roll: u32,
}

/// Points of the elastic grid along each side.
const POINTS: usize = 4;
/// Pixels between neighbouring points; the first and the last point lie on the first and the last pixel.
const SPACING: f32 = (SIDE - 1) as f32 / (POINTS - 1) as f32;

impl Distortion {
    /// Whether images stay as they are.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The image, distorted.
    #[must_use]
    #[inline(never)]
    pub fn apply(&self, image: &Image, random: &mut TorchRandom) -> Image {
        let rolled = if self.roll == 0 { *image } else { roll(image, self.roll, random) };
        if (Self { roll: 0, ..*self }).is_none() {
            return rolled;
        }
        let mut within = |limit: f32| (random.uniform() * 2.0 - 1.0) * limit;
        // Cosine and sine from the tangent of half the angle: a library's differ between platforms.
        let half = within(self.rotation) / 2.0;
        let half = half + half * half * half / 3.0;
        let (cosine, sine) = ((1.0 - half * half) / (1.0 + half * half), 2.0 * half / (1.0 + half * half));
        let (width, height) = (1.0 + within(self.scale), 1.0 + within(self.scale));
        let shear = within(self.shear);
        let (right, down) = (within(self.shift), within(self.shift));
        let mut grid = [[[0.0; 2]; POINTS]; POINTS];
        if self.elastic > 0.0 {
            grid.as_flattened_mut().as_flattened_mut().fill_with(|| within(self.elastic));
        }
        let centre = (SIDE - 1) as f32 / 2.0;
        core::array::from_fn(|row| {
            core::array::from_fn(|column| {
                let (x, y) = (column as f32 - centre, row as f32 - centre);
                let [bent_x, bent_y] = displacement(&grid, column, row);
                let from_x = (cosine * x + sine * y) / width + shear * y + right + bent_x;
                let from_y = (cosine * y - sine * x) / height + down + bent_y;
                grey_level(&rolled, from_x + centre, from_y + centre)
            })
        })
    }
}

fn roll(image: &Image, most: u32, random: &mut TorchRandom) -> Image {
    let mut steps = || SIDE + random.below(2 * most + 1) as usize - most as usize;
    let (right, down) = (steps(), steps());
    let from = |to: usize, by: usize| (to + 2 * SIDE - by) % SIDE;
    core::array::from_fn(|y| core::array::from_fn(|x| image[from(y, down)][from(x, right)]))
}

/// The elastic field at a pixel.
fn displacement(grid: &[[[f32; 2]; POINTS]; POINTS], column: usize, row: usize) -> [f32; 2] {
    let (x, y) = (column as f32 / SPACING, row as f32 / SPACING);
    let (left, top) = ((x as usize).min(POINTS - 2), (y as usize).min(POINTS - 2));
    let (x, y) = (x - left as f32, y - top as f32);
    core::array::from_fn(|axis| {
        let along = |row: &[[f32; 2]; POINTS]| row[left][axis] + (row[left + 1][axis] - row[left][axis]) * x;
        let (above, below) = (along(&grid[top]), along(&grid[top + 1]));
        above + (below - above) * y
    })
}

/// The stored value at a point between pixels: Catmull and Rom's cubic interpolation of the sixteen around it, clamped
/// to black and white. Linear interpolation blurs, and the net would learn other images than it has to read.
fn grey_level(image: &Image, x: f32, y: f32) -> f32 {
    let floor = |at: f32| at as i32 - i32::from(at < 0.0);
    let (left, top) = (floor(x), floor(y));
    let (across, down) = (cubic(x - left as f32), cubic(y - top as f32));
    // Negative coordinates wrap to numbers too large for the image.
    let (left, top) = ((left - 1) as usize, (top - 1) as usize);
    let mut level = 0.0;
    for row in 0..4 {
        let Some(pixels) = image.get(top.wrapping_add(row)) else { continue };
        for column in 0..4 {
            let pixel = pixels.get(left.wrapping_add(column)).copied().unwrap_or(stored(BACKGROUND));
            level += down[row] * across[column] * pixel;
        }
    }
    level.clamp(stored(-1.0), stored(1.0))
}

/// The weights of four pixels in a row, for a point `t`, 0 to 1, of the way from the second to the third.
fn cubic(t: f32) -> [f32; 4] {
    [
        t * (t * (1.0 - 0.5 * t) - 0.5),
        t * t * (1.5 * t - 2.5) + 1.0,
        t * (t * (2.0 - 1.5 * t) + 0.5),
        t * t * (0.5 * t - 0.5),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bar, 3 wide and 9 high, about the middle.
    fn bar() -> Image {
        core::array::from_fn(|y| {
            core::array::from_fn(|x| {
                if (4..13).contains(&y) && (7..10).contains(&x) { stored(1.0) } else { stored(BACKGROUND) }
            })
        })
    }

    fn ink(image: &Image) -> f32 {
        image.as_flattened().iter().sum()
    }

    #[test]
    fn roll_moves_whole_pixels_round_the_edge() {
        let image: Image = core::array::from_fn(|y| core::array::from_fn(|x| (y * SIDE + x) as f32 / 128.0));
        let mut random = TorchRandom::new(5);
        let mut moves = std::collections::BTreeSet::new();
        for _ in 0..200 {
            let rolled = Distortion { roll: 1, ..Distortion::default() }.apply(&image, &mut random);
            let from = (rolled[0][0] * 128.0) as usize;
            let (down, right) = ((16 - from / 16) % 16, (16 - from % 16) % 16);
            moves.insert((down, right));
            for y in 0..16 {
                for x in 0..16 {
                    assert_eq!(rolled[(y + down) % 16][(x + right) % 16], image[y][x]);
                }
            }
        }
        assert_eq!(moves.len(), 9, "all of −1, 0 and 1 along both axes: {moves:?}");
    }

    #[test]
    fn distorted_images_stay_within_range_and_keep_most_of_their_ink() {
        let distortion = Distortion { rotation: 0.2, scale: 0.1, shear: 0.1, shift: 1.0, elastic: 0.5, roll: 0 };
        let mut random = TorchRandom::new(6);
        for _ in 0..100 {
            let image = distortion.apply(&bar(), &mut random);
            assert!(image.as_flattened().iter().all(|&level| (stored(-1.0)..=stored(1.0)).contains(&level)));
            let part = ink(&image) / ink(&bar());
            assert!((0.7..1.4).contains(&part), "{part}");
            assert_ne!(image, bar());
        }
    }

    #[test]
    fn a_shift_moves_the_centre_of_the_ink_by_as_much_and_no_more() {
        let distortion = Distortion { shift: 1.5, ..Distortion::default() };
        let mut random = TorchRandom::new(7);
        let mut furthest: f32 = 0.0;
        for _ in 0..200 {
            let image = distortion.apply(&bar(), &mut random);
            let moment = |of: fn(usize, usize) -> usize| {
                let sum: f32 = (0..256).map(|i| image[i / 16][i % 16] * of(i % 16, i / 16) as f32).sum();
                sum / ink(&image)
            };
            let (x, y) = (moment(|x, _| x) - 8.0, moment(|_, y| y) - 8.0);
            assert!(x.abs() <= 1.5001 && y.abs() <= 1.5001, "{x}, {y}");
            furthest = furthest.max(x.abs());
        }
        assert!(furthest > 1.4, "{furthest}");
    }

    #[test]
    fn no_distortion_leaves_the_image_and_the_stream_alone() {
        assert!(Distortion::default().is_none());
        let (mut random, mut other) = (TorchRandom::new(8), TorchRandom::new(8));
        assert_eq!(Distortion::default().apply(&bar(), &mut random), bar());
        assert_eq!(random.uniform(), other.uniform());
    }
}
