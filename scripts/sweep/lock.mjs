// One writer per file: a lock beside it says who writes, and its counter shows that the writer is alive.

import { randomUUID } from 'node:crypto';
import { closeSync, linkSync, openSync, readFileSync, readlinkSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { fileError, SweepError, show } from './sweep-error.mjs';

/** Time between two beats of the counter, in ms. */
const BEAT = 2000;
/** How long to watch a counter whose writer may be dead, in ms. */
const WATCH = 12_000;

/**
 * Takes the lock of a file, `path`.lock.
 *
 * A lock that a killed process left behind is known at once by the process's number and start, if it ran here. If it
 * ran on another machine or in another container, only the counter tells: the writer is dead if the counter stands
 * still for twelve seconds. No clocks are compared.
 * @returns `check()`, which throws SweepError if the lock is another's by now, and `release()`
 * @throws SweepError if another process writes the file, or the lock is not one of ours.
 */
export async function lockFile(path) {
  const lock = `${path}.lock`;
  const id = randomUUID();
  const me = { id, pid: process.pid, started: startOf(process.pid), host: hostname(), place: thisPlace() };
  // Always of the same length, so that it can be overwritten in place: it is never half written, and needs no room on a
  // full disk.
  const text = (beat) => `${JSON.stringify({ ...me, beat: String(beat).padStart(12, '0') })}\n`;
  const file = await takeLock(lock, path);
  writeSync(file, text(0), 0);
  let beats = 0;
  const timer = setInterval(() => writeSync(file, text(++beats), 0), BEAT).unref();
  const isMine = () => read(lock)?.id === id;
  return {
    check() {
      if (!isMine()) throw new SweepError(`${path}: expected to be its only writer; got another process's lock`, 1);
    },
    release() {
      clearInterval(timer);
      closeSync(file);
      if (isMine()) rmSync(lock);
    },
  };
}

/** Creates the lock, once there is none or its holder is dead. */
async function takeLock(lock, path) {
  for (;;) {
    try {
      return openSync(lock, 'wx');
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw fileError(path, 'a folder that can be written to', cause);
    }
    const holder = read(lock);
    if (holder === undefined) continue;
    if (holder.id === undefined && holder.text !== '') throw damaged(lock, path, holder.text);
    if (await isAlive(holder, lock)) {
      const { pid, host } = read(lock) ?? holder;
      const got = `process ${pid} of ${host}, which writes it (${lock})`;
      throw new SweepError(`${path}: expected no other writer; got ${got}`, 1);
    }
    remove(lock, holder);
  }
}

function damaged(lock, path, text) {
  const hint = `if no other sweep writes ${path}, delete the lock and start again`;
  return new SweepError(`${lock}: expected a sweep's lock, a line of JSON; got ${show(text)}; ${hint}`, 1);
}

async function isAlive(holder, lock) {
  if (holder.place === thisPlace()) return startOf(holder.pid) === holder.started;
  for (let waited = 0; waited < WATCH; waited += BEAT) {
    await setTimeout(BEAT);
    if (read(lock)?.text !== holder.text) return true;
  }
  return false;
}

/** Removes a dead process's lock, unless another process has meanwhile removed it and taken its own. */
function remove(lock, holder) {
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (cause) {
    if (cause.code === 'ENOENT') return;
    throw fileError(lock, 'a lock that can be removed', cause);
  }
  if (read(aside)?.text !== holder.text) linkSync(aside, lock);
  rmSync(aside);
}

/**
 * The fields of a lock and its text; undefined if there is none. If the text is not a lock's, there are no fields. The
 * text is empty just after the lock was created, or if the machine went down just then (some file systems leave zeros).
 */
function read(lock) {
  let text;
  try {
    text = readFileSync(lock, 'utf8');
  } catch (cause) {
    if (cause.code === 'ENOENT') return undefined;
    throw fileError(lock, 'a lock that can be read', cause);
  }
  return { ...fieldsOf(text), text: text.replace(/^\0+$/, '') };
}

function fieldsOf(text) {
  try {
    const fields = JSON.parse(text);
    const { id, pid, started, host, place } = fields;
    if (Number.isInteger(pid) && [id, started, host, place].every((field) => typeof field === 'string')) return fields;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error; // TypeError: null has no fields
  }
  return {};
}

/** Where process numbers have the same meaning: this boot of this machine and, in it, this container. */
function thisPlace() {
  if (process.platform !== 'linux') return hostname();
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}

/**
 * When a process started, in the system's ticks; 'alive' if the system does not say; undefined if there is no such
 * process, or only its zombie, which stays until its parent asks how it ended. Numbers are reused: only number and
 * start together name a process.
 */
function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      // After the command's name, which may hold blanks and brackets: the third field of all, and the 22nd.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return ['Z', 'X'].includes(fields[0]) ? undefined : fields[19];
    } catch (cause) {
      if (cause.code === 'ENOENT' || cause.code === 'ESRCH') return undefined;
      throw cause;
    }
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (cause) {
    return cause.code === 'EPERM' ? 'alive' : undefined;
  }
}
