/** A paragraph of sentences, as wide as the guides' lines. */
export function wrap(...sentences) {
  return sentences
    .join(' ')
    .replace(/(.{1,120})(?: |$)/g, '$1\n')
    .trimEnd();
}
