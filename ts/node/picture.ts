// From a file to pixels.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { LeNet1Error, messageOf } from '../error.ts';
import type { Pixels } from '../picture/image-from-pixels.ts';
import type { Answer, Task } from './decode-worker.ts';
import { checkPicture, damaged } from './picture-checks.ts';
import { formatOf, type PictureFormat, readPictureFile } from './picture-file.ts';

/** Reads pictures, one at a time. */
export class PictureReader {
  #worker: Worker | undefined;

  /**
   * The picture in a PNG or JPEG file, turned as its EXIF orientation says if it is a JPEG.
   * @param path `-` is standard input
   * @throws LeNet1Error `missing-file`; `invalid-file` for another kind of file, one that is cut short or damaged, and one of more
   * than 256 MiB or 2²⁶ pixels; `missing-package` where its decoder cannot be loaded.
   */
  async read(path: string): Promise<Pixels> {
    const bytes = await readPictureFile(path);
    const format = formatOf(bytes, path);
    checkPicture(format, bytes, path);
    const answer = await this.#decode({ format, file: new Uint8Array(bytes).buffer });
    if ('pixels' in answer) return answer.pixels;
    await this.close(); // the decoder may have been left in any state
    if ('fault' in answer) throw damaged(path, nameOf(format), answer.fault);
    throw new LeNet1Error(
      'missing-package',
      `expected @jsquash/${format}, which decodes it; got ${answer.unavailable}`,
    );
  }

  /** Ends the thread that decodes, if there is one. */
  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #decode(task: Task): Promise<Answer> {
    this.#worker ??= new Worker(new URL('./decode-worker.js', import.meta.url), { execArgv: [] });
    const worker = this.#worker;
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
}

function nameOf(format: PictureFormat): string {
  return format.toUpperCase();
}
