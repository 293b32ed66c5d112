// Finding and making elements.

/** The element of an id, which the page's HTML holds. */
export function byId<Type extends Element>(id: string, type: new () => Type): Type {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`expected a ${type.name} #${id} in the page; got ${element?.tagName ?? 'none'}`);
}

/** A new element with attributes and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Sets an element's text where it differs: a live region says again what is set again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Does `draw` before the next frame, however often it is asked to until then. */
export function oncePerFrame(draw: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      draw();
    });
  };
}

/** Does `work` now, and again whenever the page turns light or dark. */
export function withTheme(work: () => void): void {
  work();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', work);
}
