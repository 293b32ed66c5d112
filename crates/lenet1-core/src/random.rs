//! Random numbers as the two reproductions draw them: one Mersenne Twister, used as PyTorch and NumPy use it.
//!
//! Matsumoto and Nishimura, "Mersenne Twister: A 623-dimensionally equidistributed uniform pseudo-random number
//! generator", 1998: MT19937, seeded by `init_genrand`. Checked against PyTorch and NumPy (`tests/golden`).

use alloc::vec::Vec;

use crate::error::Error;
use crate::snapshot::Snapshot;

const LENGTH: usize = 624;
const MIDDLE: usize = 397;

/// MT19937: a stream of 32-bit words from a 32-bit seed.
#[derive(Clone)]
pub struct MersenneTwister {
    state: [u32; LENGTH],
    next: u32,
}

impl MersenneTwister {
    /// The stream of `seed`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        let mut state = [seed; LENGTH];
        for i in 1..LENGTH {
            let before = state[i - 1];
            // `i` is below 624.
            state[i] = 1_812_433_253_u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(i as u32);
        }
        Self { state, next: LENGTH as u32 }
    }

    /// The next 32 bits.
    pub fn word(&mut self) -> u32 {
        if self.next == LENGTH as u32 {
            self.twist();
        }
        let mut word = self.state[self.next as usize];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for i in 0..LENGTH {
            let joined = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % LENGTH] & 0x7fff_ffff);
            let twisted = (joined >> 1) ^ if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % LENGTH] ^ twisted;
        }
        self.next = 0;
    }

    fn walk(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        for word in &mut self.state {
            snapshot.whole(word)?;
        }
        snapshot.at_most(LENGTH as u32, &mut self.next)
    }
}

/// `torch.manual_seed(seed)`, and PyTorch's draws on the CPU.
#[derive(Clone)]
pub struct TorchRandom(MersenneTwister);

impl TorchRandom {
    /// `torch.manual_seed(seed)`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(MersenneTwister::new(seed))
    }

    /// One number of `torch.rand`: 24 bits, in [0, 1).
    pub fn uniform(&mut self) -> f32 {
        const STEP: f32 = 1.0 / (1 << 24) as f32;
        // 24 bits fit an f32.
        (self.0.word() & 0x00ff_ffff) as f32 * STEP
    }

    /// A whole number below `end`: as `torch.randint(0, end, (1,))`.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0.word() % end
    }

    /// One number of `torch.empty(…, dtype=torch.int64).random_()`: 63 bits.
    pub fn int64(&mut self) -> u64 {
        let high = u64::from(self.0.word());
        let low = u64::from(self.0.word());
        ((high << 32) | low) & (u64::MAX >> 1)
    }

    /// `torch.randperm(length)`.
    pub fn permutation(&mut self, length: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..length).collect();
        for i in 0..length.saturating_sub(1) {
            let other = i + self.0.word() % (length - i);
            order.swap(i as usize, other as usize);
        }
        order
    }

    /// The order in which `DataLoader(shuffle=True)` walks `length` patterns. Takes two draws; the second seeds the
    /// sampler's own stream.
    pub fn loader_order(&mut self, length: u32) -> Vec<u32> {
        let seed = self.skip_loader();
        // Torch seeds the twister with the low 32 bits.
        Self::new((seed & u64::from(u32::MAX)) as u32).permutation(length)
    }

    /// Skips the draws of a walk through such a loader. Returns the sampler's seed.
    pub fn skip_loader(&mut self) -> u64 {
        self.int64();
        self.int64()
    }

    /// Writes the stream's whole state into a snapshot, or reads it from one.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`] or [`Error::SnapshotValue`].
    pub fn walk(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        self.0.walk(snapshot)
    }
}

/// `numpy.random.seed(seed)`, and NumPy's legacy draws.
#[derive(Clone)]
pub struct NumpyRandom(MersenneTwister);

impl NumpyRandom {
    /// `numpy.random.seed(seed)`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        Self(MersenneTwister::new(seed))
    }

    /// `numpy.random.permutation(length)`.
    pub fn permutation(&mut self, length: u32) -> Vec<u32> {
        let mut order: Vec<u32> = (0..length).collect();
        for i in (1..length).rev() {
            let other = self.at_most(i);
            order.swap(i as usize, other as usize);
        }
        order
    }

    /// A number from 0 to `largest`, at least 1: masks words to as many bits until one is small enough.
    fn at_most(&mut self, largest: u32) -> u32 {
        let mask = u32::MAX >> largest.leading_zeros();
        loop {
            let value = self.0.word() & mask;
            if value <= largest {
                return value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twister_gives_the_published_ten_thousandth_word() {
        // The C++ standard requires it of std::mt19937 with its default seed, 5489.
        let mut twister = MersenneTwister::new(5489);
        let last = (0..10_000).map(|_| twister.word()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn draws_are_those_of_pytorch_and_numpy() {
        // From tests/golden/values/draws.json.
        let mut torch = TorchRandom::new(u32::MAX);
        let uniforms = [0.993_799_4, 0.571_306_35, 0.570_008_04, 0.049_503_744];
        assert_eq!([(); 4].map(|()| torch.uniform()), uniforms);
        let mut torch = TorchRandom::new(1);
        assert_eq!([(); 2].map(|()| torch.int64()), [7_692_698_082_559_361_259, 4_064_269_471_072_392_264]);
        let order = [4, 5, 13, 19, 7, 14, 3, 6, 9, 17, 11, 2, 16, 18, 10, 12, 15, 8, 1, 0];
        assert_eq!(TorchRandom::new(0).permutation(20), order);
        let mut numpy = NumpyRandom::new(0);
        let order = [18, 1, 19, 8, 10, 17, 6, 13, 4, 2, 5, 14, 9, 7, 16, 11, 3, 0, 15, 12];
        assert_eq!(numpy.permutation(20), order);
        assert_eq!(numpy.permutation(7), [5, 2, 3, 4, 1, 0, 6]);
    }

    #[test]
    fn short_permutations_are_whole() {
        assert_eq!(TorchRandom::new(1).permutation(0), Vec::<u32>::new());
        assert_eq!(NumpyRandom::new(1).permutation(1), [0]);
    }
}
