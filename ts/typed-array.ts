// Which typed array a value is.

/** The getter behind a typed array's `Symbol.toStringTag`, shared by all their types. */
const typeNameGetter = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/**
 * The name of a typed array's type, `undefined` for all else. A Node `Buffer` is a `Uint8Array`.
 *
 * The getter reads the array's internal slot. So it is right for arrays of another realm (an iframe, a `vm` context, a test
 * runner's sandbox), to which `instanceof` says no; and unlike a constructor's name it cannot be imitated, nor lost to minifying.
 */
export function typedArrayName(value: unknown): string | undefined {
  return typeNameGetter?.call(value);
}
