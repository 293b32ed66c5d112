// Tells the kind of a file by its first bytes, for errors of readers that were given the wrong kind.

/** The kinds of file that this package reads. */
export type ExpectedKind = 'an IDX file' | 'a zip-code file' | 'a PNG, JPEG or WebP picture' | 'a safetensors file';

/** First bytes of files, used in more than one place; a character stands for the byte of its code. */
export const starts = {
  png: '\x89PNG\r\n\x1a\n',
  jpeg: '\xff\xd8\xff',
  /** Four bytes of a length lie between the two. */
  riff: 'RIFF',
  webp: 'WEBP',
  gzip: '\x1f\x8b',
} as const;

/** A kind of file. */
interface Kind {
  /** In words for `got`. */
  readonly name: string;
  /** Its first bytes, as a regular expression over their codes. */
  readonly start: string;
  /** The reader that takes it. */
  readonly readAs?: ExpectedKind;
  /** What to do about it; follows the name. */
  readonly hint?: string;
  /** Replaces `hint` where weights are expected. */
  readonly hintForWeights?: string;
  /** Replaces `hint` where a picture is expected. */
  readonly hintForPictures?: string;
}

/** For pictures that are not decoded. */
const hintForPictures = ': save it as PNG or JPEG first';

/** What may come before the first tag of a page. */
const BLANKS = '(\xef\xbb\xbf)?\\s*';

/** The files most often given instead of the right one. The first that fits counts. */
const kinds: readonly Kind[] = [
  // First, since it begins with the length of its header, eight bytes that may look like any other start. No header has
  // 4 GiB.
  { name: 'a safetensors file', start: '.{4}\0{4}{', readAs: 'a safetensors file' },
  { name: 'a PNG picture', start: starts.png, readAs: 'a PNG, JPEG or WebP picture' },
  { name: 'a PNG picture damaged in its first 8 bytes', start: '.PNG' },
  { name: 'a JPEG picture', start: starts.jpeg, readAs: 'a PNG, JPEG or WebP picture' },
  { name: 'a GIF picture', start: 'GIF8', hintForPictures },
  { name: 'a WebP picture', start: `${starts.riff}.{4}${starts.webp}`, readAs: 'a PNG, JPEG or WebP picture' },
  { name: 'a BMP picture', start: 'BM.{4}\0{4}', hintForPictures },
  { name: 'a TIFF picture', start: 'II\\*\0|MM\0\\*', hintForPictures },
  { name: 'a HEIC or AVIF picture, or a film', start: '.{4}ftyp', hintForPictures },
  { name: 'a JPEG XL picture', start: '\xff\\n|.{4}JXL ', hintForPictures },
  { name: 'a JPEG 2000 picture', start: '.{4}jP  ', hintForPictures },
  { name: 'a PDF file', start: '%PDF', hintForPictures },
  {
    name: 'a gzipped file',
    start: starts.gzip,
    hint: ": unpack it first (on the command line with gunzip, in a browser with DecompressionStream('gzip'))",
  },
  {
    name: "a zip archive, as PyTorch's .pt and NumPy's .npz are",
    start: 'PK\x03\x04',
    hint: ': unpack it first',
    hintForWeights: ': save its tensors with safetensors.torch.save_file',
  },
  {
    name: "a pickle, as PyTorch's older .pt are",
    start: '\x80[\x02-\x05]',
    hintForWeights: ': save its tensors with safetensors.torch.save_file',
  },
  { name: 'a NumPy array', start: '\x93NUMPY', hintForWeights: ': save its tensors with safetensors.numpy.save_file' },
  {
    name: 'an HDF5 file, as Keras writes',
    start: '\x89HDF',
    hintForWeights: ': save its tensors with safetensors.numpy.save_file',
  },
  { name: 'an IDX file, as MNIST comes in', start: '\0\0\b', readAs: 'an IDX file' },
  { name: 'a Git LFS pointer, not the file it stands for', start: 'version https://git-lfs' },
  { name: 'an SVG drawing', start: `${BLANKS}<svg`, hintForPictures },
  { name: 'an XML file, perhaps an SVG drawing', start: `${BLANKS}<\\?xml` },
  { name: 'a web page, as a failed download leaves', start: `${BLANKS}<` },
  { name: 'text that begins with a byte order mark: save it without', start: '\xef\xbb\xbf' },
  { name: 'text in UTF-16: save it in ASCII or UTF-8', start: '\xff\xfe|\xfe\xff' },
  { name: 'a text file', start: '[\t\n\r -~]*$', readAs: 'a zip-code file' },
];

/** The kind of these bytes, in words for `got`; `undefined` if it is the expected kind or unknown. */
export function foreignKind(bytes: Uint8Array, expected: ExpectedKind): string | undefined {
  if (bytes.length === 0) return 'an empty file';
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  const kind = kinds.find(({ start }) => new RegExp(`^(${start})`, 's').test(head));
  if (kind === undefined || kind.readAs === expected) return undefined;
  const { name, hint = '', hintForWeights = hint, hintForPictures = hint } = kind;
  if (expected === 'a safetensors file') return name + hintForWeights;
  return name + (expected === 'a PNG, JPEG or WebP picture' ? hintForPictures : hint);
}

/** Whether the bytes begin with `start`; a character stands for the byte of its code. */
export function beginsWith(bytes: Uint8Array, start: string): boolean {
  return Array.from(start).every((letter, place) => bytes[place] === letter.charCodeAt(0));
}
