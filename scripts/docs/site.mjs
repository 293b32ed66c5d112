// How the site is laid out: guides by their titles, at addresses of their own, above the API; and the way to the live demo.

import { Converter, DefaultTheme, JSX, KindRouter, ReflectionKind } from 'typedoc';

/** Where the page is put, beside TypeDoc's files. */
const DEMO = 'demo/index.html';
/** The order of the guides; those not named here come last, by their titles. */
const ORDER = [
  'how-it-works',
  'using',
  'command',
  'pictures',
  'reading-numbers',
  'bundlers',
  'recipes',
  'results',
  'benchmark',
  'the-paper-again',
];
const LATE = ['the-best', 'sweeps', 'architecture', 'faq', 'contributing'];

/** Guide → its file's name, by which it is addressed. */
const slugs = new WeakMap();

/** Calls guides by their headings, up to a colon, not by their files. */
export function nameGuides(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, guide) => {
    slugs.set(guide, guide.name.split('/').at(-1).toLowerCase());
    const text = guide.content.map((part) => part.text).join('');
    guide.name = /^# ([^:\n]*)/.exec(text)?.[1] ?? guide.name;
  });
}

/** Registers the router and the theme, both `lenet1`. */
export function layOut(app) {
  app.renderer.defineRouter('lenet1', Router);
  app.renderer.defineTheme('lenet1', Theme);
  app.renderer.hooks.on('content.begin', (context) =>
    context.page.url === 'index.html'
      ? JSX.createElement(
          'p',
          { class: 'demo' },
          JSX.createElement('a', { href: context.relativeURL(DEMO) }, 'Live demo: draw a digit, train the net'),
        )
      : JSX.createElement(JSX.Fragment, null),
  );
}

class Router extends KindRouter {
  getIdealBaseName(reflection) {
    return reflection.kindOf(ReflectionKind.Document)
      ? `guides/${slugs.get(reflection)}`
      : super.getIdealBaseName(reflection);
  }
}

class Theme extends DefaultTheme {
  getRenderContext(page) {
    const context = super.getRenderContext(page);
    const { breadcrumbs } = context;
    // Of a page right below the front page they would say its title once more.
    context.breadcrumbs = (model) => (model.parent?.isProject() ? undefined : breadcrumbs(model));
    return context;
  }

  buildNavigation(project) {
    const modules = super.buildNavigation(project).filter(({ kind }) => kind === ReflectionKind.Module);
    const guides = (project.documents ?? []).toSorted((one, other) => placeOf(one) - placeOf(other));
    return [
      { text: 'Live demo', path: DEMO },
      { text: 'Guides' },
      ...guides.map((guide) => ({ text: guide.name, path: this.router.getFullUrl(guide) })),
      { text: 'API' },
      ...modules,
    ];
  }
}

function placeOf(guide) {
  const slug = slugs.get(guide);
  if (LATE.includes(slug)) return ORDER.length + 1 + LATE.indexOf(slug);
  return ORDER.includes(slug) ? ORDER.indexOf(slug) : ORDER.length;
}
