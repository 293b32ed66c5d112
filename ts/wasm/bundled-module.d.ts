// The module as bundlers import it: its exports.

declare module '*.wasm' {}
