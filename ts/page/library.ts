// The library, as the page and its worker load it.

export * from '../entries/bundler.ts';
