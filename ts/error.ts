// The one error this package throws.

/** What went wrong, for programs; the message tells people. */
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
 * The one error that this package throws for bad input. The message says what was expected and what came instead. A
 * call that throws changes nothing.
 */
export class LeNet1Error extends Error {
  /** Tells it from other errors where `instanceof` cannot: across realms, or with the package loaded twice. */
  override readonly name = 'LeNet1Error';
  /** To branch on: stable across versions. */
  readonly code: LeNet1ErrorCode;

  constructor(code: LeNet1ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Throws unless `options` is an object with known options only: a misspelt one would silently get its default.
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

/**
 * A value, as an error message shows it: `'text'`, `NaN`, `null`, `Float32Array(3)`, `an object (Promise)`,
 * `a function`.
 */
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

/** The message of a caught value. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** The code of one of Node's errors, such as `ENOENT`; undefined for any other value. */
export function systemCodeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
