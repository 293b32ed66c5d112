//! What keeps a kernel's sums in registers in WebAssembly: [`hold!`].

/// Keeps a block of multiply-adds in the order in which it is written: a branch that is never taken. It stands in a
/// function that loops over its block by itself and gives its sums through `&mut`; the branch is that function's `return`.
///
/// To a compiler the sums of a block are independent chains. V8 likes to work them off one by one: it loads all operands
/// first, runs out of its 15 vector registers and spills. Where a branch may leave the block, every sum must be at hand.
/// Measured: without any, all kernels together take 1.5 times as long. The branch must leave the loop: one that went on
/// with the next round would meet the others there (measured: forward then takes 1.8 times as long); one that ends in a
/// trap is no better (measured: H1's gradient takes 1.3 times as long).
///
/// The branch asks whether `at_hand`, a reference, points to 64 · `mark`, in the first 4 KiB. Nothing that is borrowed
/// lies there: the linker puts the stack first and it grows down towards 0, so that only a stack all but used up would reach
/// it. `scripts/wasm-layout.mjs` checks that of the built module. Marks, 1 to 63, tell the branches of a block
/// apart, or the compiler would merge them. On other targets the branch is never compiled.
macro_rules! hold {
    ($at_hand:expr, $mark:expr) => {
        debug_assert!((1..64).contains(&$mark), "a mark is in the first 4 KiB");
        if cfg!(target_arch = "wasm32") && core::ptr::from_ref($at_hand).addr() == 64 * $mark {
            return;
        }
    };
}
pub(crate) use hold;
