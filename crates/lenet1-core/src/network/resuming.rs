//! Snapshots of nets: what a training needs to go on to the bit.

use alloc::vec::Vec;

use super::Network;
use crate::error::Error;
use crate::recipe::Architecture;
use crate::snapshot::{MAGIC, Snapshot, VERSION};

impl Network {
    /// Everything that the net needs to go on learning to the bit, as [`crate::snapshot`] lays it out: parameters, what
    /// the update rule gathered, the random stream, passes and the place in a pass that has begun, and the same of each
    /// teacher. The recipe is not part of it.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        let mut snapshot = Snapshot::writing(self.layers.positions());
        let written = self.clone().walk(&mut snapshot).and_then(|()| snapshot.end());
        written.expect("only reading can fail")
    }

    /// Goes back to where a net of the same recipe was when it made a snapshot.
    ///
    /// # Errors
    /// [`Error::SnapshotLength`] or [`Error::SnapshotValue`]; the net then stays as it was. Numbers that are wrong but
    /// possible go unnoticed.
    pub fn restore(&mut self, snapshot: &[u8]) -> Result<(), Error> {
        let mut restored = Self::new(self.recipe);
        let mut snapshot = Snapshot::reading(snapshot, self.layers.positions());
        let end = restored.walk(&mut snapshot).and_then(|()| snapshot.end());
        if end.is_ok() {
            core::mem::swap(self, &mut restored);
        }
        end.map(drop)
    }

    fn walk(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        snapshot.fixed(MAGIC)?;
        snapshot.fixed(VERSION)?;
        let mut count = self.teachers.len() as u32;
        snapshot.at_most(self.recipe.teachers.count, &mut count)?;
        // Does nothing when writing. When reading, the net is new and has all teachers.
        self.teachers.truncate(count as usize);
        self.walk_own(snapshot)?;
        self.teachers.iter_mut().try_for_each(|teacher| teacher.walk_own(snapshot))
    }

    #[inline(never)]
    fn walk_own(&mut self, snapshot: &mut Snapshot) -> Result<(), Error> {
        snapshot.fixed(match self.recipe.architecture {
            Architecture::LeNet1 => 0,
            Architecture::FullyConnected => 1,
        })?;
        snapshot.fixed(self.update.number())?;
        snapshot.whole(&mut self.passes)?;
        let mut left = self.left as u32;
        snapshot.whole(&mut left)?;
        self.left = left as usize;
        self.random.walk(snapshot)?;
        self.layers.change_parameters(|parameters| snapshot.parameters(parameters))?;
        self.update.walk(snapshot)
    }
}
