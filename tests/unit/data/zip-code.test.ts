import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMAGE_SIZE } from '../../../ts/data/sizes.ts';
import { readZip } from '../../../ts/data/zip-code.ts';
import {
  bytesOf,
  foreignFiles,
  idxFile,
  refusal,
  resultOrRefusal,
  textBytes,
  zipLine,
} from '../../support/written-files.ts';

const read = (text: string) => readZip(textBytes(text), { source: 'zip.train' });
const refusedBytes = (bytes: Uint8Array) => refusal('invalid-file', () => readZip(bytes, { source: 'zip.train' }));
const refused = (text: string) => refusedBytes(textBytes(text));

/** 256 grey levels, all −1 but for one. */
const levelsWith = (pixel: number, level: number | string) =>
  Array.from({ length: IMAGE_SIZE }, (_, k) => (k === pixel ? level : -1));

describe('readZip reads', () => {
  test('back what was written, rounded to float32', () => {
    const level = fc.double({ min: -1, max: 1, noNaN: true });
    const line = fc.tuple(
      fc.integer({ min: 0, max: 9 }),
      fc.array(level, { minLength: IMAGE_SIZE, maxLength: IMAGE_SIZE }),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (lines) => {
        const digits = read(lines.map(([label, levels]) => zipLine(label, levels)).join('\n'));
        expect(Array.from(digits.labels)).toEqual(lines.map(([label]) => label));
        // `+ 0`: text has no −0.
        expect(Array.from(digits.images)).toEqual(lines.flatMap(([, levels]) => levels.map((x) => Math.fround(x + 0))));
      }),
      { numRuns: 60 },
    );
  });

  test('every short decimal as Number does', () => {
    const decimal = fc.tuple(
      fc.constantFrom('', '-', '+'),
      fc.constantFrom('0', '00'),
      fc.stringMatching(/^\d{1,15}$/),
    );
    fc.assert(
      fc.property(fc.array(decimal, { minLength: IMAGE_SIZE, maxLength: IMAGE_SIZE }), (parts) => {
        const levels = parts.map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);
        expect(read(zipLine(0, levels)).images).toEqual(Float32Array.from(levels, Number));
      }),
      { numRuns: 30 },
    );
  });

  test('labels and grey levels as either file writes them', () => {
    const digits = read(`${zipLine('6.0000', levelsWith(0, '-0.6310'))} \n${zipLine('9', levelsWith(255, '0.622'))}\n`);
    expect(Array.from(digits.labels)).toEqual([6, 9]);
    expect(digits.images[0]).toBe(Math.fround(-0.631));
    expect(digits.images[2 * IMAGE_SIZE - 1]).toBe(Math.fround(0.622));
  });

  test('numbers as numpy.savetxt writes them', () => {
    const digits = read(zipLine('3.000000000000000000e+00', levelsWith(7, '-2.500000000000000000E-01')));
    expect(digits.labels[0]).toBe(3);
    expect(digits.images[7]).toBe(-0.25);
  });

  test.each([
    ['without a last line feed', `${zipLine(1)}\n${zipLine(2)}`],
    ['with one', `${zipLine(1)}\n${zipLine(2)}\n`],
    ['with CR LF', `${zipLine(1)}\r\n${zipLine(2)}\r\n`],
    ['with blanks before and behind', ` ${zipLine(1)} \t\n\t${zipLine(2)}  `],
    ['with tabs', `${zipLine(1)}\n${zipLine(2)}\n`.replaceAll(' ', '\t')],
    ['with blank lines at the end', `${zipLine(1)}\n${zipLine(2)}\n\n \r\n\t\n`],
  ])('lines %s', (_, text) => {
    expect(Array.from(read(text).labels)).toEqual([1, 2]);
  });
});

describe('readZip refuses', () => {
  test.each([
    'nan',
    'NaN',
    'inf',
    '-inf',
    'Infinity',
    '0x1',
    '1e',
    '1e+',
    '.',
    '-',
    '+',
    '--1',
    '0.5.5',
    '1.',
    '.5',
    '1,0',
    '0,5',
    '−1',
    '1_0',
    '1f',
    'e1',
    '0-1',
  ])('%s for a grey level', (level) => {
    expect(refused(`${zipLine(1)}\n${zipLine('2', levelsWith(1, level))}\n`)).toBe(
      `zip.train, line 2, column 6: expected grey level 2, in [−1, 1]; got '${level}'`,
    );
  });

  test.each(['1.0001', '-1.0001', '2', '255', '-255', '1e1', '1e999', '-1e999', '1.00000000001', '9'.repeat(400)])(
    '%s, off the range',
    (level) => {
      expect(refused(zipLine(2, levelsWith(255, level)))).toMatch(
        /^zip\.train, line 1, column 768: expected grey level 256, in /,
      );
    },
  );

  test.each(['4.5', '10', '-1', 'nan', 'seven', '4.0001', '1e1', '"4"'])('%s for a label', (label) => {
    expect(refused(`${zipLine(1)}\n${zipLine(label)}`)).toBe(
      `zip.train, line 2, column 1: expected a label from 0 to 9; got '${label}'`,
    );
  });

  test('a line with too many numbers, at the first that is too many', () => {
    expect(refused(`${zipLine(1)} -1\n`)).toBe(
      "zip.train, line 1, column 771: expected the end of the line after 256 grey levels; got '-1'",
    );
    expect(refused(`${zipLine(1)} ${zipLine(2)}`)).toMatch(/^zip\.train, line 1, column 771: /);
  });

  test('a line cut after any number', () => {
    for (let fields = 1; fields <= IMAGE_SIZE; fields++) {
      const cut = zipLine(7).split(' ').slice(0, fields).join(' ');
      for (const text of [`${cut}\n${zipLine(1)}`, cut, `${zipLine(1)}\n${cut}`]) {
        const line = text.startsWith(zipLine(1)) ? 2 : 1;
        expect(refused(text)).toMatch(
          new RegExp(
            `^zip\\.train, line ${line}, column ${cut.length + 1}: .*; got ${fields} numbers?: the line is cut$`,
          ),
        );
      }
    }
  });

  test('a file cut at any byte, unless what is left is whole lines or a shorter last number', () => {
    const text = `${zipLine('6.0000', levelsWith(3, '-0.6310'))} \n${zipLine('9', levelsWith(255, '0.622'))}\n`;
    const firstLine = text.indexOf('\n') + 1;
    const whole = [firstLine - 2, firstLine - 1, firstLine].map((length) => text.slice(0, length));
    // "0", "0.6" and "0.62" are numbers like "0.622", "0." is none; so is "-" of the first line's last "-1".
    const shorter = ['0', '0.6', '0.62', '0.622'].map((number) => text.slice(0, text.length - 6) + number);
    const accepted: string[] = [];
    for (let length = 0; length < text.length; length++) {
      if (resultOrRefusal('invalid-file', () => read(text.slice(0, length)))) accepted.push(text.slice(0, length));
    }
    expect(accepted).toEqual([...whole, ...shorter]);
  });

  test('a blank line between two digits', () => {
    expect(refused(`${zipLine(1)}\n\n${zipLine(2)}\n`)).toBe(
      'zip.train, line 2, column 1: expected a label and 256 grey levels; got a blank line',
    );
    expect(refused(`\n${zipLine(2)}\n`)).toMatch(/^zip\.train, line 1, column 1: .*got a blank line$/);
  });

  test('an empty file, memory that was transferred away, and blank lines', () => {
    expect(refused('')).toBe('zip.train: expected a zip-code file; got an empty file');
    const transferred = textBytes(zipLine(1));
    structuredClone(transferred, { transfer: [transferred.buffer] });
    expect(refusedBytes(transferred)).toMatch(/got an empty file$/);
    expect(refused(' \r\n\n\t')).toBe('zip.train: expected a zip-code file; got blank lines only');
  });

  test.each(Object.entries(foreignFiles))('%s, and says so', (name, bytes) => {
    expect(refusedBytes(bytes)).toContain(`got ${name}`);
  });

  test('an IDX file, and says so', () => {
    expect(refusedBytes(idxFile([3]))).toMatch(/got an IDX file/);
    expect(refusedBytes(idxFile([3, 28, 28]))).toMatch(/got an IDX file/);
  });

  test('bytes that are no text, and shows them', () => {
    expect(refusedBytes(bytesOf([0, 1, 2]))).toMatch(/got bytes 00 01 02, not text$/);
    expect(refusedBytes(textBytes('\0\0\0\0'))).toMatch(/line 1, column 1: .*got bytes 00 00 00 00, not text$/);
    const binary = bytesOf(textBytes('4 -1 '), [0xff, 0xfe, 0x80]);
    expect(refusedBytes(binary)).toMatch(/column 6: .*got bytes ff fe 80, not text$/);
  });

  test('text in UTF-16 or with a byte order mark, as some editors save it', () => {
    expect(refused(`\ufeff${zipLine(1)}`)).toMatch(/got text that begins with a byte order mark/);
    expect(refusedBytes(bytesOf([0xff, 0xfe, 0x34, 0, 0x20, 0]))).toMatch(/got text in UTF-16/);
    expect(refusedBytes(bytesOf([0xfe, 0xff, 0, 0x34, 0, 0x20]))).toMatch(/got text in UTF-16/);
  });

  test('a field of any length, and shows its beginning', () => {
    expect(refused('é'.repeat(1e6))).toMatch(/got 'é{12}…'$/);
    expect(refused(`x${'é'.repeat(1e6)}`)).toMatch(/got 'xé{11}…'$/);
    expect(refused('7'.repeat(1e7))).toMatch(/got '7{24}…'$/);
  });

  test('millions of short lines without asking for memory for them all', () => {
    const before = process.memoryUsage().arrayBuffers;
    expect(refused('1\n'.repeat(4e6))).toMatch(/^zip\.train, line 1, column 2: /);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6);
  });

  test.each([
    ['text', zipLine(1)],
    ['an array', [1]],
    ['memory', new ArrayBuffer(8)],
    ['nothing', undefined],
  ])('%s for bytes', (_, bytes) => {
    expect(refusal('invalid-argument', () => Reflect.apply(readZip, undefined, [bytes]))).toMatch(
      /^zip-code file: expected its bytes, a Uint8Array; got /,
    );
  });

  test('any other bytes with its own errors only', () => {
    const piece = fc.constantFrom(
      ' ',
      '\n',
      '\r\n',
      '\t',
      '-',
      '1',
      '0.5',
      '9',
      '.',
      'e',
      'nan',
      '1 ',
      '\0',
      '−',
      zipLine(1),
      zipLine(2),
    );
    const text = fc.array(piece).map((pieces) => textBytes(pieces.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), text), (bytes) => {
        resultOrRefusal('invalid-file', () => readZip(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  test('or reads a good file with any one byte changed', () => {
    const good = textBytes(`${zipLine(1)}\n${zipLine(2)}\n`);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (offset, byte) => {
        const bytes = good.slice();
        bytes[offset] = byte;
        const digits = resultOrRefusal('invalid-file', () => readZip(bytes));
        if (digits) expect(digits.length).toBe(2);
      }),
      { numRuns: 2000 },
    );
  });
});
