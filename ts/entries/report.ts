/**
 * A page about a run: one HTML file that needs nothing else.
 * @module
 */

export { type Run, renderReport } from '../report/report.ts';
