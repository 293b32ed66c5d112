// Finds and makes elements.

/** The element with this id. The page's HTML must have it. */
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

/** Sets an element's text if it differs: screen readers read a live region again whenever its text is set. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Calls `draw` once before the next frame, however often it is asked to. */
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

/** Calls `work` now, and whenever the page turns light or dark. */
export function withTheme(work: () => void): void {
  work();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', work);
}
