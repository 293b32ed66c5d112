// The one error this package throws.

/** What went wrong, for programs; the message says it for people. */
export type LeNet1ErrorCode =
  | 'invalid-argument'
  | 'invalid-image'
  | 'invalid-label'
  | 'invalid-seed'
  | 'invalid-recipe'
  | 'unknown-recipe'
  | 'invalid-digits'
  | 'invalid-file'
  | 'missing-file'
  | 'missing-package'
  | 'invalid-state-dict'
  | 'disposed'
  | 'out-of-memory'
  | 'worker-terminated'
  | 'unsupported';

/**
 * Thrown by every function of this package for bad input; nothing else is.
 * The message names what was expected and what came; what was called on is as it was before.
 */
export class LeNet1Error extends Error {
  /** What tells it from other errors where `instanceof` cannot: across realms, or with the package loaded twice. */
  override readonly name = 'LeNet1Error';
  /** Stable across versions, to branch on. */
  readonly code: LeNet1ErrorCode;

  constructor(code: LeNet1ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Refuses options that are no object, or name something that is no option: a misspelt one would be taken for its default.
 * @throws LeNet1Error `invalid-argument`.
 */
export function checkOptions(options: unknown, known: readonly string[]): asserts options is object {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new LeNet1Error('invalid-argument', `options: expected { ${known.join(', ')} }; got ${describe(options)}`);
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const expected = known.length === 0 ? 'no option' : known.join(', ');
    throw new LeNet1Error('invalid-argument', `options: expected ${expected}; got ${describe(key)}`);
  }
}

/** A value as an error message shows it: `'text'`, `NaN`, `null`, `Float32Array(3)`, `an object (Promise)`, `a function`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}(${'length' in value ? value.length : value.byteLength})`;
  if (Array.isArray(value)) return `an Array of ${value.length}`;
  return `an object (${value.constructor?.name ?? 'no prototype'})`;
}

/** What a caught value says. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The code of an error of Node's, as `ENOENT`; none for any other value. */
export function systemCodeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
