// The page about a run: the public face of `lenet1-wasm/report`.

export { type Run, renderReport } from './report.ts';
