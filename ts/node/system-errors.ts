// The system's errors for files that cannot be read, in words for `got`.

import { messageOf, systemCodeOf } from '../error.ts';

const words: Readonly<Record<string, string>> = {
  ENOENT: 'no file',
  ENOTDIR: 'no file',
  EISDIR: 'a folder',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
};

/** Why a file could not be read: `no file`, `a folder`, `no permission to read it`, or the system's own message. */
export function whyUnread(error: unknown): string {
  return words[String(systemCodeOf(error))] ?? messageOf(error);
}

/** Whether a file could not be read because it does not exist. */
export function isMissing(error: unknown): boolean {
  return whyUnread(error) === words.ENOENT;
}
