//! [`hold!`], which keeps a kernel's sums in registers in WebAssembly.

/// Keeps a block of multiply-adds in the order in which it is written, by a branch that is never taken. The branch is a
/// `return`, so the block and its loop must be a function of their own, which gives its sums through `&mut`.
///
/// To a compiler the sums of a block are independent chains. V8 tends to work them off one by one: it loads all
/// operands first, runs out of its 15 vector registers and spills. Where a branch may leave the block, every sum must
/// be ready. Without these branches all kernels together take 1.5 times as long (measured). The branch must leave the
/// loop. One to the loop's next round would meet the others there (measured: forward then takes 1.8 times as long), and
/// one into a trap is no better (measured: H1's gradient takes 1.3 times as long).
///
/// The branch is taken if `at_hand`, a reference, points to 64 · `mark`, in the first 4 KiB of memory. No borrowed
/// value lies there: the linker puts the stack first and it grows down towards 0, so only an almost exhausted stack
/// would reach that far. `scripts/wasm-layout.mjs` checks this of the built module. Marks, 1 to 63, tell the branches
/// of a block apart, or the compiler would merge them. On other targets there is no branch.
macro_rules! hold {
    ($at_hand:expr, $mark:expr) => {
        debug_assert!((1..64).contains(&$mark), "a mark is in the first 4 KiB");
        if cfg!(target_arch = "wasm32") && core::ptr::from_ref($at_hand).addr() == 64 * $mark {
            return;
        }
    };
}
pub(crate) use hold;
