//! An image as the kernels read it: 16×16 grey levels in [−1, 1], −1 the background, each stored + [`SHIFT`].
//!
//! **Shift by one.** Around an image windows read [`BACKGROUND`], −1, which is stored as 0. So taps past the border add
//! nothing, and nothing is padded. The shift adds Σ weights to every sum of a map; that is subtracted once per unit.
//! H1's maps, which H2 reads through windows too, are stored in the same way.

use crate::error::Error;

/// Side of an image.
pub const SIDE: usize = 16;
/// Values of an image.
pub const PIXELS: usize = SIDE * SIDE;
/// The value around an image or a map.
pub const BACKGROUND: f32 = -1.0;
/// Added to a grey level, or to an activation of H1, when it is stored.
pub const SHIFT: f32 = -BACKGROUND;

/// The stored values of an image, `[y][x]`.
pub type Image = [[f32; SIDE]; SIDE];

/// The stored value of a grey level.
#[must_use]
#[inline(always)]
pub const fn stored(grey_level: f32) -> f32 {
    grey_level + SHIFT
}

/// The grey level of a stored value.
#[must_use]
#[inline(always)]
pub const fn grey_level(stored: f32) -> f32 {
    stored - SHIFT
}

/// The image of 256 grey levels in [−1, 1], row by row.
///
/// # Errors
/// [`Error::ImageLength`] or [`Error::ImageValue`].
pub fn from_grey_levels(levels: &[f32]) -> Result<Image, Error> {
    let Ok(image) = levels.try_into() else {
        return Err(Error::ImageLength { got: levels.len() });
    };
    check(levels)?;
    Ok(from_checked(image))
}

/// Checks that all grey levels are in [−1, 1].
///
/// # Errors
/// [`Error::ImageValue`]; its index counts through all values.
#[inline(never)]
pub fn check(levels: &[f32]) -> Result<(), Error> {
    match levels.iter().position(|level| !(-1.0..=1.0).contains(level)) {
        Some(index) => Err(Error::ImageValue { index, got: levels[index] }),
        None => Ok(()),
    }
}

/// The image of grey levels that passed [`check`].
#[must_use]
#[inline(never)]
pub fn from_checked(levels: &[f32; PIXELS]) -> Image {
    core::array::from_fn(|y| core::array::from_fn(|x| stored(levels[y * SIDE + x])))
}

/// Image `index` of several that are stored one after the other.
#[must_use]
pub fn nth(stored: &[f32], index: usize) -> &Image {
    let (rows, _) = stored[index * PIXELS..(index + 1) * PIXELS].as_chunks();
    rows.try_into().expect("an image is sixteen rows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_stored_as_0_and_grey_levels_come_back() {
        assert_eq!([stored(BACKGROUND), stored(0.5), grey_level(stored(0.5))], [0.0, 1.5, 0.5]);
        let levels: Vec<f32> = (0..PIXELS).map(|i| if i == 17 { 0.25 } else { BACKGROUND }).collect();
        let image = from_grey_levels(&levels).expect("a good image");
        assert_eq!((image[0][0], image[1][1]), (0.0, 1.25));
        assert_eq!(nth(&[[0.0; PIXELS], [0.5; PIXELS]].concat(), 1), &[[0.5; SIDE]; SIDE]);
    }

    #[test]
    fn bad_images_are_refused() {
        assert_eq!(from_grey_levels(&[0.0; 255]), Err(Error::ImageLength { got: 255 }));
        assert_eq!(from_grey_levels(&[1.5; 256]), Err(Error::ImageValue { index: 0, got: 1.5 }));
        assert_eq!(check(&[0.0, -1.5]), Err(Error::ImageValue { index: 1, got: -1.5 }));
    }
}
