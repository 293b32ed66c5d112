// What readers say of a file that is another kind than theirs.

import { describe, expect, test } from 'vitest';
import { type ExpectedKind, foreignKind } from '../../../ts/data/file-kinds.ts';
import { readSafetensors } from '../../../ts/formats/safetensors-reader.ts';
import { writeSafetensors } from '../../../ts/formats/safetensors-writer.ts';
import { foreignFiles, idxFile, refusal, textBytes, zipLine } from '../../support/written-files.ts';

/** Bytes of the characters' codes. */
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const safetensors = writeSafetensors(new Map([['x', { shape: [1], data: Float32Array.of(1) }]]));
const withTorch = ': save its tensors with safetensors.torch.save_file';
const withNumpy = ': save its tensors with safetensors.numpy.save_file';

test.each([
  ['a HEIC or AVIF picture, or a film', '\0\0\0\x18ftypheic'],
  ['a GIF picture', 'GIF89a'],
  ['a BMP picture', 'BM\x46\0\0\0\0\0\0\0\x36'],
])('where a picture is expected, %s is to be saved as another', (name, file) => {
  expect(foreignKind(bytes(file), 'a PNG, JPEG or WebP picture')).toBe(`${name}: save it as PNG or JPEG first`);
  expect(foreignKind(bytes(file), 'an IDX file')).toBe(name);
});

describe('where weights are expected', () => {
  test.each<[string, Uint8Array]>([
    ...Object.entries(foreignFiles),
    ['a PNG picture damaged in its first 8 bytes', bytes('\x89PNG\n\x1a\n')],
    ['a GIF picture', bytes('GIF89a')],
    ['a WebP picture', bytes('RIFF\x10\0\0\0WEBPVP8 ')],
    ['a BMP picture', bytes('BM\x46\0\0\0\0\0\0\0\x36')],
    ['a TIFF picture', bytes('II*\0\x08\0\0\0')],
    ['a TIFF picture', bytes('MM\0*\0\0\0\x08')],
    ['a HEIC or AVIF picture, or a film', bytes('\0\0\0\x18ftypheic')],
    ['a HEIC or AVIF picture, or a film', bytes('\0\0\0\x1cftypavif')],
    ['a JPEG XL picture', bytes('\0\0\0\x0cJXL \r\n')],
    ['a JPEG XL picture', bytes('\xff\x0a\xfa\x1f')],
    ['a JPEG 2000 picture', bytes('\0\0\0\x0cjP  \r\n')],
    ['an SVG drawing', bytes('\n <svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an XML file, perhaps an SVG drawing', bytes('<?xml version="1.0"?><svg/>')],
    ['a web page, as a failed download leaves', bytes('\xef\xbb\xbf\r\n<html lang="en">')],
    ['a web page, as a failed download leaves', bytes('\n\n<!doctype html>')],
    ['a web page, as a failed download leaves', bytes('<Error><Code>AccessDenied</Code></Error>')],
    ['a PDF file', bytes('%PDF-1.7')],
    [`a zip archive, as PyTorch's .pt and NumPy's .npz are${withTorch}`, bytes('PK\x03\x04\x14\0\0\0\x08\0')],
    [`a pickle, as PyTorch's older .pt are${withTorch}`, bytes('\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.')],
    [`a pickle, as PyTorch's older .pt are${withTorch}`, bytes('\x80\x04\x95\x10\0\0\0\0\0\0\0}')],
    [`a NumPy array${withNumpy}`, bytes("\x93NUMPY\x01\0v\0{'descr'")],
    [`an HDF5 file, as Keras writes${withNumpy}`, bytes('\x89HDF\r\n\x1a\n')],
    ['an IDX file, as MNIST comes in', idxFile([2])],
    ['text that begins with a byte order mark', bytes('\xef\xbb\xbf{"a":1}')],
    ['text in UTF-16', bytes('\xff\xfe{\0}\0')],
    ['a text file', textBytes(`${zipLine(7)}\n`)],
    ['a text file', textBytes('{"H1w":[1,2,3]}')],
    ['an empty file', new Uint8Array(0)],
  ])('%s is called that', (name, file) => {
    const message = refusal('invalid-file', () => readSafetensors(file, { source: 'w' }));
    expect(message.startsWith(`w: expected a safetensors file; got ${name}`)).toBe(true);
    expect(message).not.toMatch(/header|\d{5}/);
  });

  test('weights are taken whatever the length of their header: it may be the first bytes of any other kind', () => {
    // 'BM' is a header of 19,778 bytes, gzip's first bytes one of 35,615, IDX's one of 524,288, '<s' one of 29,500.
    for (const length of [0x4d42, 0x8b1f, 0x080000, 0x733c]) {
      const file = new Uint8Array(8 + length + 4).fill(0x20);
      const header = '{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
      new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
      file.set(textBytes(header), 8);
      expect(readSafetensors(file).tensors.get('x')?.shape).toEqual([1]);
    }
  });
});

describe('a reader’s own kind is not foreign to it, and is to the others', () => {
  const own: readonly (readonly [ExpectedKind, Uint8Array])[] = [
    ['an IDX file', idxFile([2])],
    ['a zip-code file', textBytes(`${zipLine(7)}\n`)],
    ['a safetensors file', safetensors],
    ['a PNG, JPEG or WebP picture', foreignFiles['a PNG picture'] ?? safetensors],
  ];
  test.each(own)('%s', (expected, file) => {
    for (const [reader] of own) {
      const kind = foreignKind(file, reader);
      if (reader === expected) expect(kind).toBeUndefined();
      else expect(kind).toEqual(expect.any(String));
    }
  });
});

test('what to do about it depends on the reader', () => {
  const zip = bytes('PK\x03\x04');
  expect(foreignKind(zip, 'an IDX file')).toBe("a zip archive, as PyTorch's .pt and NumPy's .npz are: unpack it first");
  expect(foreignKind(zip, 'a safetensors file')).toBe(
    `a zip archive, as PyTorch's .pt and NumPy's .npz are${withTorch}`,
  );
});
