/** Joins sentences into a paragraph, as wide as the README's lines. */
export function wrap(...sentences) {
  return sentences
    .join(' ')
    .replace(/(.{1,140})(?: |$)/g, '$1\n')
    .trimEnd();
}
