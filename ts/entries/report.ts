/**
 * A page about one run: a single HTML file that needs nothing else.
 * @module
 */

export { type Run, renderReport } from '../report/report.ts';
