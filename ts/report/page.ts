// The page around the sections: its head, its style, and boxes for wide and long content.

import { type Content, html, Markup } from './markup.ts';

/**
 * A whole page. It loads nothing: style and pictures are inside, there is no script, and its policy forbids everything
 * else. Light or dark, as the reader's system is; light when printed.
 */
export function page(title: string, body: Content): string {
  const { source } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>
${new Markup(STYLE)}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
  return source;
}

/** A box that scrolls sideways, by touch and by keyboard, if its content is wider than the page. */
export function scrollBox(name: string, content: Content): Markup {
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0">${content}</div>`;
}

/** Long content, folded away behind its name. */
export function folded(name: string, content: Content): Markup {
  return html`<details><summary>${name}</summary>\n${content}\n</details>`;
}

const STYLE = `:root {
  color-scheme: light dark;
  --ground: #fff; --ink: #1b1b1b; --faint: #5c5c5c; --line: #d9d9d9; --panel: #f3f3f3;
  --train: #1f6fb2; --test: #c2410c; --train-rgb: 31 111 178; --test-rgb: 194 65 12;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #16181b; --ink: #e8e6e3; --faint: #a9a6a2; --line: #3b3f45; --panel: #23262b;
    --train: #6db3f2; --test: #ff9560; --train-rgb: 109 179 242; --test-rgb: 255 149 96;
  }
  .digit { filter: invert(1); }
}
@media print { :root { color-scheme: light; } }
* { box-sizing: border-box; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 44rem; }
pre { margin: .75rem 0; padding: .6rem .8rem; background: var(--panel); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
figure { margin: 1rem 0 1.75rem; }
figcaption, caption { color: var(--faint); font-size: .9rem; text-align: left; }
figcaption { max-width: 44rem; }
caption span { display: block; position: sticky; left: 0; max-width: min(44rem, 100vw - 2rem); padding-bottom: .4rem; }
.scroll { overflow-x: auto; max-width: 100%; }
.scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--train); outline-offset: 2px; }
.chart { display: block; width: 100%; min-width: 20rem; max-width: 36rem; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .9rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
th.number { white-space: normal; }
.recipe td { overflow-wrap: anywhere; }
.confusion th, .confusion td { padding: .2rem .3rem; min-width: 1.75rem; text-align: center; border: 1px solid var(--line); }
.confusion .right { font-weight: 600; background: rgb(var(--train-rgb) / .18); }
.confusion .wrong { background: rgb(var(--test-rgb) / var(--share)); }
.confusion .none { color: var(--faint); }
.digit { display: block; width: 2rem; height: 2rem; image-rendering: pixelated; border: 1px solid #0003; }
.samples th, .samples td { padding: .15rem; border: 0; vertical-align: middle; }
.samples th { padding-right: .6rem; font-weight: 600; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.5rem, 1fr)); gap: .9rem .5rem; list-style: none; margin: 1rem 0; padding: 0; }
.tiles li { font-size: .875rem; line-height: 1.3; font-variant-numeric: tabular-nums; break-inside: avoid; }
.tiles .digit { width: 3rem; height: 3rem; margin-bottom: .2rem; }
.tiles small { display: block; font-size: .8rem; color: var(--faint); }
.kernels { grid-template-columns: repeat(auto-fill, minmax(5rem, 1fr)); max-width: 36rem; }
.kernel { display: block; width: 4.5rem; height: 4.5rem; margin-bottom: .2rem; background: var(--ground); border: 1px solid var(--line); }
.kernel .above { fill: var(--test); }
.kernel .below { fill: var(--train); }
summary { cursor: pointer; margin: .75rem 0; color: var(--train); }
@media (max-width: 30rem) {
  th, td { font-size: .8rem; padding-right: .5rem; }
  .confusion th, .confusion td { font-size: .7rem; padding: .15rem .05rem; min-width: 1.5rem; }
}
@media print {
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  figure, tr, li { break-inside: avoid; }
  h2 { break-after: avoid; }
}
`;
