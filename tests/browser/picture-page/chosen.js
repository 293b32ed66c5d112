// Reads the digit in a picture that is chosen on the page, as docs/using.md shows it.

import { imageFromPixels, LeNet1, pixelsOf } from 'lenet1-wasm';

const ready = await LeNet1.pretrained();
const input = document.querySelector('input[type=file]');
const output = document.querySelector('output');
input.addEventListener('change', async () => {
  const pixels = await pixelsOf(input.files[0]);
  output.textContent = ready.classify(imageFromPixels(pixels)).label;
});
