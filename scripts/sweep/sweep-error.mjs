// Errors that the user has to put right.

/** What the user has to put right; shown as one line. */
export class SweepError extends Error {
  /** The command's exit status: 1 for files, 2 for options and plans. */
  exitCode;

  constructor(message, exitCode = 2, options) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** An error for a file that could not be read or written, in the system's words. */
export function fileError(path, expected, cause) {
  const got = cause.code === 'ENOENT' ? 'nothing there' : cause.message;
  return new SweepError(`${path}: expected ${expected}; got ${got}`, 1, { cause });
}

/** A value of a plan as an error message shows it: as JSON, cut. */
export function show(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
