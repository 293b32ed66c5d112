// Tells markup from text: everything put into a page is escaped, unless it was made here.

/** HTML or SVG, which is not escaped; a string is text. */
export class Markup {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** What `html` takes: text and numbers, which it escapes, and markup, which it does not. */
export type Content = string | number | Markup | readonly Content[];

/** Markup from a template; every string and number in it is escaped. */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(template.reduce((source, part, index) => source + sourceOf(contents[index - 1] ?? '') + part));
}

function sourceOf(content: Content): string {
  if (content instanceof Markup) return content.source;
  if (typeof content === 'object') return content.map(sourceOf).join('');
  return String(content).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
