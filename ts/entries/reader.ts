/**
 * Reads whole numbers: from a picture of a number to its digits, and how sure they are.
 * @module
 */

import '../wasm/inlined-source.ts'; // the reader's net is the core's

export type { PictureBox, Pixels } from '../picture/pixels.ts';
export { NumberReader, type NumberReading, type NumberRejection } from '../reader/number-reader.ts';
export type { NumberOptions } from '../reader/options.ts';
export type { Candidate } from '../reader/readings.ts';
export type { ReaderFacts } from '../reader/weights/facts.ts';
export { readerFacts } from '../reader/weights/load.ts';
