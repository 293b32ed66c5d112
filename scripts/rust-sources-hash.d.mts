/** SHA-256, in hex, over the names and bytes of everything that the module is built from, below `root`. */
export function rustSourcesHash(root: string): string;
