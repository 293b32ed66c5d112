// From a file to pixels.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, LeNet1Error, messageOf } from '../error.ts';
import { checkPicture } from '../picture/files/check.ts';
import { formatNames, formatOf, otherFormat } from '../picture/files/format.ts';
import { damaged } from '../picture/files/whole.ts';
import type { Pixels } from '../picture/image-from-pixels.ts';
import { upright } from '../picture/upright.ts';
import { typedArrayName } from '../typed-array.ts';
import type { Answer, Task } from './decode-worker.ts';
import { toPath } from './path.ts';
import { readPictureFile } from './picture-file.ts';

/**
 * The picture in a PNG, JPEG or WebP file, upright as its EXIF orientation says; `imageFromPixels` takes it. Pictures are decoded
 * one after another in a thread of their own, which does not keep the process running.
 * @param picture the file's path, or its bytes
 * @returns width·height·4 bytes: red, green, blue and alpha, 0 to 255, row by row.
 * @throws LeNet1Error `missing-file`; `invalid-file` for another kind of file, an animation, one that is cut short or
 *   damaged, and one of more than 256 MiB or 2²⁶ pixels; `missing-package` where its decoder cannot be loaded; `invalid-argument`.
 */
export async function readPicture(picture: string | URL | Uint8Array): Promise<Pixels> {
  if (typedArrayName(picture) === 'Uint8Array') return decodePicture(picture as Uint8Array, 'picture');
  if (typeof picture !== 'string' && !(picture instanceof URL)) {
    const expected = 'a path, a file URL, or the bytes of a file, a Uint8Array';
    throw new LeNet1Error('invalid-argument', `picture: expected ${expected}; got ${describe(picture)}`);
  }
  const path = toPath('picture', picture);
  return decodePicture(await readPictureFile(path), path);
}

/** The picture in a file's bytes. @param source names the file in errors, as of `readPicture` */
export async function decodePicture(bytes: Uint8Array, source: string): Promise<Pixels> {
  const format = formatOf(bytes);
  if (format === undefined) throw otherFormat(bytes, source);
  const { file, orientation } = checkPicture(format, bytes, source);
  const answer = await inTurn({ format, file: file.buffer });
  if ('pixels' in answer) return upright(answer.pixels, orientation);
  if ('fault' in answer) throw damaged(source, formatNames[format], answer.fault);
  throw new LeNet1Error('missing-package', `expected @jsquash/${format}, which decodes it; got ${answer.unavailable}`);
}

/** The thread that decodes, once there is one. */
let thread: Worker | undefined;
/** Settles with the task before. */
let before: Promise<unknown> = Promise.resolve();

function inTurn(task: Task): Promise<Answer> {
  const answer = before.then(() => decode(task));
  before = Promise.allSettled([answer]);
  return answer;
}

async function decode(task: Task): Promise<Answer> {
  thread ??= new Worker(new URL('./decode-worker.js', import.meta.url), { execArgv: [] });
  thread.ref();
  const answer = await answerOf(thread, task);
  thread.unref();
  if ('pixels' in answer) return answer;
  await thread.terminate(); // the decoder may have been left in any state
  thread = undefined;
  return answer;
}

async function answerOf(worker: Worker, task: Task): Promise<Answer> {
  const decided = new AbortController();
  const { signal } = decided;
  const answered = once(worker, 'message', { signal }); // rejects with an error that ends the thread
  const ended = once(worker, 'exit', { signal });
  worker.postMessage(task, [task.file]);
  try {
    return await Promise.race([
      answered.then(([answer]) => answer),
      ended.then(([code]) => ({ fault: `the decoder ended, exit code ${code}` })),
    ]);
  } catch (error) {
    return { fault: messageOf(error) };
  } finally {
    decided.abort();
  }
}
