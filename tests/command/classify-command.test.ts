// `lenet1-wasm classify` as its users start it: what it prints, what it reads, what it refuses.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { filesMatching } from '../../ts/cli/glob.ts';
import {
  FullyConnected,
  imageFromPixels,
  LeNet1,
  type Pixels,
  readDigit,
  recipes,
  writeSafetensors,
} from '../../ts/entries/index.ts';
import { saveStateDict } from '../../ts/entries/node.ts';
import { commandFile, type Ended, lenet1Wasm, linesOf } from '../support/command.ts';
import { digitPicture } from '../support/digit-pictures.ts';
import { exifOf, jpegFile, turned, withOrientation } from '../support/jpeg-file.ts';
import { pngChunk, pngFile, pngForms, withChunks } from '../support/png-file.ts';
import { animatedWebp, webpFile, withWebpOrientation } from '../support/webp-file.ts';

// The built one, since its worker is a file that Node can run.
const built = new URL('../../dist/node/picture.js', import.meta.url).href;
const { readPicture }: typeof import('../../ts/node/picture.ts') = await import(built);

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
let folder: string;
/** Two lines that cross. */
const cross: Pixels = {
  data: Uint8ClampedArray.from({ length: 100 * 100 * 4 }, (_, index) => {
    const [x, y] = [(index >> 2) % 100, Math.floor((index >> 2) / 100)];
    const isInk = Math.min(x, y) >= 20 && Math.max(x, y) < 80 && Math.min(Math.abs(x - 49.5), Math.abs(y - 49.5)) < 4;
    return isInk && index % 4 < 3 ? 0 : 255;
  }),
  width: 100,
  height: 100,
};
const picture: Pixels = digitPicture(0, { width: 90, height: 70, size: 60 }, (ink) => 255 - 255 * ink); // a 7

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lenet1-classify-'));
  put('seven.png', pngFile(picture));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, bytes: Uint8Array): string {
  writeFileSync(join(folder, name), bytes);
  return name;
}

function classify(...args: readonly string[]): Promise<Ended> {
  return lenet1Wasm(folder, ['classify', ...args]);
}

describe('what is printed', () => {
  test('is a line a picture: file, label, margin', async () => {
    put('two.jpg', await jpegFile(digitPicture(1, { width: 80, height: 80, size: 70 }, (ink) => 20 + 200 * ink)));
    const { code, stdout, stderr } = await classify('seven.png', 'two.jpg');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^seven\.png: 7, margin [01]\.\d{3}\ntwo\.jpg: 2, margin [01]\.\d{3}\n$/);
  });

  test('is what the API says of the same pixels', async () => {
    const { stdout } = await classify('--json', 'seven.png');
    const { label, margin, outputs, box } = readDigit(await LeNet1.pretrained(), picture);
    const said = { file: 'seven.png', label, margin, rejected: false, reason: null, box, outputs: [...outputs] };
    expect(JSON.parse(stdout)).toEqual(said);
  });

  test('says where there is no digit, in words and in JSON', async () => {
    put('blank.png', pngFile(digitPicture(0, { width: 90, height: 70, size: 60 }, () => 255)));
    put('cross.png', pngFile(cross));
    const { code, stdout, stderr } = await classify('blank.png', 'cross.png');
    expect([code, stdout, stderr]).toEqual([0, 'blank.png: no digit\ncross.png: no digit\n', '']);
    const answers = linesOf((await classify('--json', 'blank.png', 'cross.png')).stdout).map((line) =>
      JSON.parse(line),
    );
    expect(answers).toMatchObject([
      { rejected: true, reason: 'nothing', box: null },
      { rejected: true, reason: 'not a digit', box: { left: 20, top: 20, width: 60, height: 60 } },
    ]);
  });

  test('says what --reject-below is not sure of', async () => {
    expect((await classify('--reject-below', '2', 'seven.png')).stdout).toMatch(
      /^seven\.png: probably a 7, not sure, margin [\d.]+\n$/,
    );
    expect((await classify('--reject-below=0', 'seven.png')).stdout).toMatch(/^seven\.png: 7, margin [\d.]+\n$/);
    const { rejected, reason } = JSON.parse((await classify('--json', '--reject-below', '2', 'seven.png')).stdout);
    expect([rejected, reason]).toEqual([true, 'unsure']);
  });

  test('is beside a picture of what the net sees, with --save-input', async () => {
    const { code, stdout } = await classify('--save-input', 'seen.png', 'seven.png');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^seven\.png: 7, /)]);
    const { width, height, data } = await readPicture(join(folder, 'seen.png'));
    expect([width, height]).toEqual([256, 256]);
    const { image } = readDigit(await LeNet1.pretrained(), picture);
    const levels = Array.from(image, (_, pixel) => data[((pixel >> 4) * 16 * 256 + (pixel % 16) * 16) * 4]);
    expect(levels).toEqual(Array.from(image, (level) => Math.round((level + 1) * 127.5)));
  });

  test.each([
    [
      ['--save-input', 'seen.png', 'seven.png', 'seven.png'],
      2,
      /^classify: --save-input: expected one picture with it; got 2/,
    ],
    [['--save-input=', 'seven.png'], 2, /^classify: --save-input: expected a path; got ''/],
    [
      ['--save-input', 'none/seen.png', 'seven.png'],
      1,
      /^classify: none\/seen.png: expected a folder that can be written to/,
    ],
  ] as const)('%o is refused before anything is read', async (args, status, message) => {
    const { code, stdout, stderr } = await classify(...args);
    expect([code, stdout]).toEqual([status, '']);
    expect(stderr).toMatch(message);
  });

  test('keeps to a line for a file whose name has two', async () => {
    put('two\nlines.png', pngFile(picture));
    expect((await classify('two\nlines.png')).stdout).toMatch(/^"two\\nlines\.png": 7, margin [^\n]*\n$/);
    expect((await classify('no\nfile')).stderr).toMatch(/^classify: no file: expected [^\n]*\n$/);
  });
});

describe('pictures', () => {
  const even = digitPicture(0, { width: 90, height: 70, size: 60 }, (ink) => (ink > 0.5 ? 0 : 255));

  test('of every PNG colour type, depth and order give the same answer', async () => {
    const names = pngForms.map((form) => {
      const { colorType, depth, interlaced = false } = form;
      return put(`${colorType}-${depth}-${interlaced}.png`, pngFile(even, form));
    });
    const { code, stdout, stderr } = await classify('--json', ...names);
    expect([code, stderr]).toEqual([0, '']);
    const answers = linesOf(stdout).map((line) => JSON.parse(line));
    expect(answers.map(({ file }) => file)).toEqual(names);
    expect(answers[0].label).toBe(7);
    expect(new Set(answers.map(({ outputs }) => JSON.stringify(outputs))).size).toBe(1);
  });

  test('on transparent ground are read whether drawn in black or in white, by alpha or by a palette', async () => {
    const drawn = (grey: number): Pixels =>
      digitPicture(
        0,
        { width: 90, height: 90, size: 80 },
        () => grey,
        (ink) => 255 * ink,
      );
    const header = Buffer.from([0, 0, 0, 90, 0, 0, 0, 90, 8, 3, 0, 0, 0]);
    const indices = Buffer.concat(
      Array.from({ length: 90 }, (_, y) =>
        Buffer.from([
          0,
          ...Array.from({ length: 90 }, (_, x) => ((drawn(0).data[(y * 90 + x) * 4 + 3] ?? 0) > 127 ? 1 : 0)),
        ]),
      ),
    );
    const palette = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', header),
      pngChunk('PLTE', Buffer.from([0, 0, 0, 0, 0, 0])), // black on black but for
      pngChunk('tRNS', Buffer.from([0, 255])),
      pngChunk('IDAT', deflateSync(indices)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
    const names = [
      put('black.png', pngFile(drawn(0))),
      put('white.png', pngFile(drawn(255))),
      put('palette.png', palette),
    ];
    const { stdout } = await classify('--json', ...names);
    expect(linesOf(stdout).map((line) => JSON.parse(line).label)).toEqual([7, 7, 7]);
  });

  test('in JPEG are read in colour and grey, baseline and progressive', async () => {
    const forms = [{}, { progressive: true }, { grey: true }, { grey: true, progressive: true }, { quality: 10 }];
    const names = await Promise.all(
      forms.map(async (form, at) => put(`form-${at}.jpg`, await jpegFile(picture, form))),
    );
    const { code, stdout } = await classify('--json', ...names);
    expect(code).toBe(0);
    expect(linesOf(stdout).map((line) => JSON.parse(line).label)).toEqual(names.map(() => 7));
  });

  test('in WebP are read lossy, lossless and transparent', async () => {
    const drawn = digitPicture(
      0,
      { width: 90, height: 90, size: 80 },
      () => 0,
      (ink) => 255 * ink,
    );
    const files = [
      await webpFile(picture),
      await webpFile(picture, { quality: 10 }),
      await webpFile(picture, { lossless: true }),
      await webpFile(drawn),
      await webpFile(drawn, { lossless: true }),
    ];
    const names = files.map((file, at) => put(`form-${at}.webp`, file));
    const { code, stdout, stderr } = await classify('--json', ...names, 'seven.png');
    expect([code, stderr]).toEqual([0, '']);
    const answers = linesOf(stdout).map((line) => JSON.parse(line));
    expect(answers.map(({ label }) => label)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(answers[2].outputs).toEqual(answers[5].outputs);
  });

  test('of a camera that was held otherwise are turned as their EXIF orientation says', async () => {
    const orientations = [1, 2, 3, 4, 5, 6, 7, 8];
    const four = digitPicture(4, { width: 90, height: 70, size: 60 }, (ink) => 255 - 255 * ink);
    const named = (prefix: string, file: (orientation: number) => Promise<Buffer>): Promise<string[]> =>
      Promise.all(
        orientations.map(async (orientation) => put(`${prefix}-${orientation}.jpg`, await file(orientation))),
      );
    const said = await named('said', async (orientation) =>
      withOrientation(await jpegFile(turned(four, orientation), { quality: 95 }), orientation),
    );
    const unsaid = await named('unsaid', (orientation) => jpegFile(turned(four, orientation), { quality: 95 }));
    const answers = linesOf((await classify('--json', ...said, ...unsaid)).stdout).map((line) => JSON.parse(line));
    expect(answers.slice(0, 8).map(({ label }) => label)).toEqual(orientations.map(() => 4));
    for (const { margin } of answers.slice(0, 8)) expect(margin).toBeCloseTo(answers[0].margin, 1);
    expect(answers.slice(8).some(({ label }) => label !== 4)).toBe(true);
  });

  test('in PNG and WebP are turned as their EXIF orientation says', async () => {
    const four = digitPicture(4, { width: 90, height: 70, size: 60 }, (ink) => 255 - 255 * ink);
    const names: string[] = [];
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const held = turned(four, orientation);
      const png = withChunks(pngFile(held), pngChunk('eXIf', exifOf(orientation)));
      const webp = withWebpOrientation(await webpFile(held, { lossless: true }), held, orientation);
      names.push(put(`said-${orientation}.png`, png), put(`said-${orientation}.webp`, webp));
    }
    const answers = linesOf((await classify('--json', ...names)).stdout).map((line) => JSON.parse(line));
    for (const { label, margin } of answers) expect([label, margin]).toEqual([4, answers[0].margin]);
    expect(answers).toHaveLength(16);
  });

  test('in PNG are read in spite of faults in what only describes them', async () => {
    const profile = pngChunk('iCCP', Buffer.from('ICC\0\0not deflated', 'latin1'));
    const faults: Record<string, readonly Buffer[]> = {
      'two profiles': [profile, profile],
      'a short size': [pngChunk('pHYs', Buffer.from([0, 0, 1]))],
      'short colours': [pngChunk('cHRM', Buffer.from([0, 0, 1]))],
      'an unknown rendering intent': [pngChunk('sRGB', Buffer.from([200]))],
      'an animation of no frames': [pngChunk('acTL', Buffer.alloc(8)), pngChunk('fcTL', Buffer.alloc(3))],
      'EXIF that cannot be read': [pngChunk('eXIf', Buffer.from('EXIF?'))],
    };
    const names = Object.entries(faults).map(([fault, chunks]) =>
      put(`${fault}.png`, withChunks(pngFile(picture), ...chunks)),
    );
    const { code, stdout, stderr } = await classify('--json', ...names);
    expect([code, stderr]).toEqual([0, '']);
    expect(linesOf(stdout).map((line) => JSON.parse(line).label)).toEqual(names.map(() => 7));
  });

  test('may be of few pixels: a dot in nine is no digit, and neither is a single one', async () => {
    const spot = (side: number): Buffer => {
      const data = new Uint8ClampedArray(side * side * 4).fill(255);
      data.fill(0, side === 3 ? 16 : 0, side === 3 ? 19 : 3);
      return pngFile({ data, width: side, height: side });
    };
    const { code, stdout, stderr } = await classify(put('three.png', spot(3)), put('one.png', spot(1)));
    expect([code, stdout, stderr]).toEqual([0, 'three.png: no digit\none.png: no digit\n', '']);
  });

  test('come from standard input where - is given', async () => {
    const { code, stdout, stderr } = await lenet1Wasm(folder, ['classify', '-', 'seven.png'], pngFile(picture));
    expect([code, stderr]).toEqual([0, '']);
    expect(linesOf(stdout).map((line) => line.slice(0, line.indexOf(',')))).toEqual(['-: 7', 'seven.png: 7']);
  });

  test('whose name begins with - come after --', async () => {
    put('-5.png', pngFile(picture));
    expect((await classify('--', '-5.png')).stdout).toMatch(/^-5\.png: 7,/);
  });
});

describe('a pattern that no shell has expanded', () => {
  let patterns: string;
  beforeAll(() => {
    patterns = mkdtempSync(join(folder, 'patterns-'));
    mkdirSync(join(patterns, 'sub'));
    for (const name of ['b.png', 'a.png', 'a10.png', '.hidden.png', 'sub/c.png', '[ab].png', '-'])
      writeFileSync(join(patterns, name), pngFile(picture));
  });
  const filesOf = async (...args: readonly string[]): Promise<string[]> =>
    linesOf((await lenet1Wasm(patterns, ['classify', '--json', ...args])).stdout).map((line) => JSON.parse(line).file);

  test.each<[string, readonly string[]]>([
    ['a*.png', ['a.png', 'a10.png']],
    ['?.png', ['a.png', 'b.png']],
    ['{b,a}.png', ['a.png', 'b.png']],
    ['[a-c].png', ['a.png', 'b.png']],
    ['sub/*', ['sub/c.png']],
    ['**/[bc].png', ['b.png', 'sub/c.png']],
    ['.*.png', ['.hidden.png']],
    ['?', ['./-']],
  ])('%s is the files that it matches, in order', async (pattern, files) => {
    expect(await filesOf(pattern)).toEqual(files);
    expect(await filesOf(pattern, 'a.png')).toEqual([...files, 'a.png']);
  });

  test('may be a whole path', async () => {
    expect(await filesOf(join(patterns, 'a*.png'))).toEqual(['a.png', 'a10.png'].map((name) => join(patterns, name)));
  });

  test('is a file where there is one of that name', async () => {
    expect(await filesOf('[ab].png')).toEqual(['[ab].png']);
  });

  test('that matches nothing is told, and the others are classified', async () => {
    const { code, stdout, stderr } = await lenet1Wasm(patterns, ['classify', '*.gif', 'a.png']);
    expect([code, stderr]).toEqual([
      1,
      'classify: *.gif: expected a PNG, JPEG or WebP picture; got no file that matches\n',
    ]);
    expect(stdout).toMatch(/^a\.png: 7,[^\n]*\n$/);
  });

  test('has backslashes between its folders on Windows', async () => {
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    vi.spyOn(process, 'cwd').mockReturnValue(patterns);
    try {
      expect(await filesMatching('sub\\*.png')).toEqual(['sub/c.png']);
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
      vi.restoreAllMocks();
    }
    expect(await filesMatching('sub\\*.png')).toEqual([]);
  });
});

describe('weights of one’s own', () => {
  test('classify as the net that they were saved from, whatever its recipe and kind', async () => {
    const nets = [
      await LeNet1.create({ recipe: 'karpathy2022', seed: 3 }),
      await LeNet1.create({ recipe: { ...recipes.modern2022, name: 'mine' }, seed: 4 }),
      await FullyConnected.create({ recipe: 'senn2025', seed: 5 }),
    ];
    for (const net of nets) {
      await saveStateDict(join(folder, 'own.safetensors'), net);
      const { code, stdout } = await classify('--json', '--weights', 'own.safetensors', 'seven.png');
      expect(code).toBe(0);
      expect(JSON.parse(stdout).outputs).toEqual([...net.classify(imageFromPixels(picture)).outputs]);
    }
  });

  test('that name no recipe ask for one', async () => {
    const net = await LeNet1.create({ recipe: 'modern2022', seed: 1 });
    put('bare.safetensors', writeSafetensors(net.stateDict()));
    const { code, stderr } = await classify('--weights', 'bare.safetensors', 'seven.png');
    expect([code, stderr]).toEqual([2, expect.stringContaining('bare.safetensors: expected --recipe NAME with it')]);
    const { stdout } = await classify('--json', '--weights', 'bare.safetensors', '--recipe', 'modern2022', 'seven.png');
    expect(JSON.parse(stdout).outputs).toEqual([...net.classify(imageFromPixels(picture)).outputs]);
  });

  test('that cannot be read end the command with one line', async () => {
    put(
      'other.safetensors',
      writeSafetensors(new Map([['x', { shape: [1], data: Float32Array.of(1) }]]), { recipeFields: '{' }),
    );
    put('torch.safetensors', writeSafetensors(new Map([['fc', { shape: [1], data: Float32Array.of(1) }]])));
    for (const [file, named] of [
      ['nowhere', 'nowhere: expected a safetensors file; got no file'],
      ['.', '.: expected a safetensors file; got a folder'],
      ['seven.png', 'seven.png: expected a safetensors file; got a PNG picture'],
      ['other.safetensors', "other.safetensors: expected metadata 'recipeFields' to be a recipe in JSON"],
      [
        'torch.safetensors',
        "torch.safetensors: stateDict: expected a tensor 'H1w' of shape [12,1,5,5]; got none: it holds 'fc'",
      ],
    ] as const) {
      const { code, stdout, stderr } = await classify('--weights', file, 'seven.png');
      expect([code, stdout, linesOf(stderr).length]).toEqual([1, '', 1]);
      expect(stderr).toContain(named);
    }
  });
});

describe('what cannot be read is told in a line, with status 1, and the other pictures are classified', async () => {
  const png = pngFile(picture);
  const webp = await webpFile(picture);
  const sized = (width: number, height: number): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 0], 8);
    return Buffer.concat([
      png.subarray(0, 8),
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(png)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
  };
  const jpegFrame = (components: number, width: number): Buffer =>
    Buffer.from([
      0xff,
      0xd8,
      0xff,
      0xc0,
      0,
      8 + 3 * components,
      8,
      0,
      9,
      width >> 8,
      width & 255,
      components,
      ...Array(3 * components).fill(1),
      0xff,
      0xd9,
    ]);
  const broken = (at: number): Buffer => {
    const copy = Buffer.from(png);
    copy[at] = (copy[at] ?? 0) ^ 4;
    return copy;
  };

  test.each<readonly [string, Uint8Array | undefined, string]>([
    ['nowhere.png', undefined, 'expected a PNG, JPEG or WebP picture; got no file'],
    ['seven.png/inside', undefined, 'got no file'],
    ['empty.png', Buffer.alloc(0), 'got an empty file'],
    ['text.png', Buffer.from('hello, world'), 'got a text file'],
    ['bytes.png', Buffer.from('\x01\x02\x03'), 'got a file that begins with bytes 01 02 03'],
    ['gif.png', Buffer.from('GIF89a...'), 'got a GIF picture'],
    ['start.webp', Buffer.from('RIFF\x10\0\0\0WEB'), 'got one that is cut short, after 11 bytes'],
    ['head.webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 '), 'expected a whole WebP picture; got one that is cut short'],
    ['moving.webp', animatedWebp(webp, picture), 'got an animated WebP picture: save one of its frames first'],
    ['bits.webp', Buffer.concat([webp.subarray(0, 30), Buffer.alloc(webp.length - 30, 0xff)]), 'cannot be unpacked'],
    [
      'phone.jpg',
      Buffer.from('\0\0\0\x18ftypheic'),
      'got a HEIC or AVIF picture, or a film: save it as PNG or JPEG first',
    ],
    ['pixel.svg', Buffer.from('<svg xmlns="x"/>'), 'got an SVG drawing'],
    ['page.png', Buffer.from('<!doctype html>'), 'got a web page, as a failed download leaves'],
    ['start.png', png.subarray(0, 5), 'got one that is cut short, after 5 bytes'],
    ['cut.png', png.subarray(0, png.length - 20), 'expected a whole PNG picture; got one that is cut short'],
    ['no-end.png', png.subarray(0, png.length - 12), 'got one that is cut short'],
    ['bit.png', broken(60), 'got a damaged one: in the '],
    ['header.png', broken(17), 'got a damaged one: in the 13 bytes from byte 16 on, by their checksum'],
    ['large.png', sized(20_000, 20_000), 'expected a picture of at most 67108864 pixels; got 20000 × 20000'],
    ['absurd.png', sized(0xffff_ffff, 0xffff_ffff), 'got 4294967295 × 4294967295'],
    ['none.png', sized(0, 5), 'expected a picture of at least one pixel; got 0 × 5'],
    ['less.png', sized(4000, 4000), 'got a damaged one: its pixels cannot be unpacked'],
    [
      'cmyk.jpg',
      jpegFrame(4, 9),
      'expected a grey or RGB picture; got a JPEG picture in CMYK, as for a printer: convert it to RGB first',
    ],
    ['none.jpg', jpegFrame(3, 0), 'got 0 × 9'],
    ['hollow.jpg', jpegFrame(3, 9), 'got a damaged one: it ends before its picture begins'],
  ])('%s', async (name, bytes, named) => {
    if (bytes !== undefined) put(name, bytes);
    const { code, stdout, stderr } = await classify(name, 'seven.png');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^classify: [^\n]+\n$/)]);
    expect(stderr).toContain(`${name}: expected `);
    expect(stderr).toContain(named);
    expect(stdout).toMatch(/^seven\.png: 7,[^\n]*\n$/);
  });

  test('a JPEG file that is cut anywhere', async () => {
    const jpeg = await jpegFile(picture, { progressive: true });
    const names = [1, 3, 20, 300, jpeg.length >> 1, jpeg.length - 1].map((end) =>
      put(`cut-${end}.jpg`, jpeg.subarray(0, end)),
    );
    const { code, stdout, stderr } = await classify(...names);
    expect([code, stdout]).toEqual([1, '']);
    expect(linesOf(stderr)).toHaveLength(names.length);
    for (const [at, line] of linesOf(stderr).entries())
      expect(line).toMatch(new RegExp(`^classify: ${names[at]}: .*cut short, after `));
  });

  test('a WebP file that is cut anywhere', async () => {
    const names = [4, 12, 20, 30, webp.length >> 1, webp.length - 1].map((end) =>
      put(`cut-${end}.webp`, webp.subarray(0, end)),
    );
    const { code, stdout, stderr } = await classify(...names);
    expect([code, stdout]).toEqual([1, '']);
    expect(linesOf(stderr)).toHaveLength(names.length);
    for (const [at, line] of linesOf(stderr).entries())
      expect(line).toMatch(new RegExp(`^classify: ${names[at]}: .*cut short, after `));
  });

  test('a folder', async () => {
    mkdirSync(join(folder, 'folder'), { recursive: true });
    const { code, stderr } = await classify('folder');
    expect([code, stderr]).toEqual([1, 'classify: folder: expected a PNG, JPEG or WebP picture; got a folder\n']);
  });

  test.skipIf(process.platform === 'win32')('a file that is too large (needs /dev/zero)', async () => {
    const endless = await classify('/dev/zero');
    expect(endless.stderr).toBe('classify: /dev/zero: expected a picture of at most 268435456 bytes; got more\n');
  });

  test('many damaged pictures take no more memory than one', async () => {
    const half = put('half.png', sized(3000, 3000)); // 36 MB a picture, in a memory that never shrinks
    const { code, stderr, stdout } = await classify(...Array(150).fill(half), 'seven.png');
    expect([code, linesOf(stderr).length]).toEqual([1, 150]);
    expect(stdout).toMatch(/^seven\.png: 7,/);
  });
});

describe('a usage error is one line, with exit status 2', () => {
  test.each<[readonly string[], string]>([
    [['classify'], 'classify: expected a picture, FILE...; got none (see --help)'],
    [['classify', '--json'], 'classify: expected a picture'],
    [['classify', ''], "classify: expected a picture's path; got ''"],
    [['classify', '-', '-'], 'classify: expected - once'],
    [['classify', '--nope', 'seven.png'], "classify: Unknown option '--nope' (see --help)"],
    [
      ['classify', '-5.png'],
      "classify: Unknown option '-5' (see --help); a file that begins with a dash comes after --",
    ],
    [['classify', '-dash.png'], "classify: Unknown option '-d' (see --help); a file that begins with a dash comes"],
    [
      ['classify', '--dash.png'],
      "classify: Unknown option '--dash.png' (see --help); a file that begins with a dash comes after --",
    ],
    [
      ['classify', '--reject-below', 'seven.png', 'seven.png'],
      "--reject-below: expected a finite number of at least 0; got 'seven.png'",
    ],
    [['classify', '--reject-below', '-1', 'seven.png'], "got '-1'"],
    [['classify', '--reject-below', 'Infinity', 'seven.png'], "got 'Infinity'"],
    [['classify', '--weights=', 'seven.png'], "--weights: expected a path; got ''"],
    [['classify', '--recipe', 'senn2025', 'seven.png'], '--recipe: expected --weights FILE with it'],
    [['classify', '--weights', 'w', '--recipe', 'nope', 'seven.png'], '--recipe: expected lecun1989, senn2025,'],
    [[], 'lenet1-wasm: expected a command, classify, read, train or export; got none (see --help)'],
    [['clasify'], "lenet1-wasm: expected a command, classify, read, train or export; got 'clasify' (see --help)"],
    [['--nope'], "got '--nope'"],
    [['--version', 'x'], "lenet1-wasm: expected nothing after --version; got 'x'"],
    [['train', '--nope'], "train: Unknown option '--nope' (see --help)"],
  ])('%j', async (args, named) => {
    const { code, stdout, stderr } = await lenet1Wasm(folder, args);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toContain(named);
    expect([code, stdout]).toEqual([2, '']);
  });
});

test.each([[[]], [['classify']], [['train']]])('--help and --version of %j', async (command) => {
  for (const flag of ['--help', '-h']) {
    const { code, stdout, stderr } = await lenet1Wasm(folder, [...command, flag]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      `Usage: ${['lenet1-wasm', ...command].join(' ')}`.replace(
        'lenet1-wasm ',
        command.length > 0 ? 'npx lenet1-wasm ' : 'lenet1-wasm ',
      ),
    );
    expect(stdout).toContain('--version');
  }
  expect(await lenet1Wasm(folder, [...command, '--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('a reader that has seen enough ends the command without complaint', async () => {
  const files = Array(300).fill('seven.png').join(' ');
  const shell = `"${process.execPath}" "${commandFile}" classify ${files} | head -1; echo "\${PIPESTATUS[0]}"`;
  const output = execFileSync('bash', ['-c', shell], { cwd: folder, encoding: 'utf8' });
  expect(output).toMatch(/^seven\.png: 7,.*\n0\n$/);
});
