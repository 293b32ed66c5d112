// Tells typed arrays apart.

/** The getter behind `Symbol.toStringTag`, shared by all types of typed array. */
const typeNameGetter = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

/**
 * The name of a typed array's type; `undefined` for any other value. A Node `Buffer` is a `Uint8Array`.
 *
 * The getter reads the array's internal slot. Unlike `instanceof`, it knows arrays of another realm (an iframe, a `vm`
 * context, a test runner's sandbox); unlike a constructor's name, it cannot be imitated and survives minifying.
 */
export function typedArrayName(value: unknown): string | undefined {
  return typeNameGetter?.call(value);
}
