// What EXIF data say of how a camera was held. Source: EXIF 2.3 (CIPA DC-008), §4.5.2 and §4.6.4, tag 0x0112.

const ORIENTATION = 0x0112;
/** Bytes of an entry: its tag, its type, how many values, and the first of them. */
const ENTRY = 12;

/**
 * The orientation in EXIF data: 1 upright, 2 to 8 turned or mirrored. Data that say none, or cannot be read, count as
 * upright, as in browsers.
 * @param exif a TIFF header and what follows it
 */
export function orientationIn(exif: Uint8Array): number {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  const order = exif.length < 8 ? 0 : view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > exif.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let at = directory + 2, entry = 0; entry < entries && at + ENTRY <= exif.length; entry++, at += ENTRY) {
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const orientation = view.getUint16(at + 8, little);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}
