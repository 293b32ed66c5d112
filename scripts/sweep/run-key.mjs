// The key of a run: sixteen hexadecimal digits for all that it depends on. It tells a resumed sweep what is done.

import { createHash } from 'node:crypto';

/** JSON with the fields of every object sorted by name, so that equal values give equal text. */
export function canonical(value) {
  return JSON.stringify(value, (_, inner) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/**
 * Sixteen hexadecimal digits: the same for the same net, recipe (with its passes), seed, digits and held-out part,
 * wherever the digits' files lie and in whatever order a plan names its fields.
 * @param digest of the digits, see `loadSource`
 */
export function runKey({ network, recipe, seed, holdOut }, digest) {
  return createHash('sha256').update(canonical({ network, recipe, seed, digest, holdOut })).digest('hex').slice(0, 16);
}
