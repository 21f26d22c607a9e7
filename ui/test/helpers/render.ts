import { render } from 'lit';
import type { LitElement, TemplateResult } from 'lit';

let place: HTMLElement | undefined;

/** The tokens, as index.html has them. */
async function loadTokens(): Promise<void> {
  if (document.querySelector('link[data-tokens]')) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('../../src/styles/tokens.css', import.meta.url).href;
  link.dataset['tokens'] = '';
  const loaded = new Promise((resolve) => link.addEventListener('load', resolve));
  document.head.append(link);
  await loaded;
}

/** Puts a template on the page and waits until its first element is drawn. */
export async function mount<Element extends LitElement>(template: TemplateResult): Promise<Element> {
  await loadTokens();
  unmount();
  place = document.createElement('div');
  document.body.append(place);
  render(template, place);
  const element = place.firstElementChild as Element; // The template's own root.
  await element.updateComplete;
  return element;
}

export function unmount(): void {
  place?.remove();
  place = undefined;
  document.documentElement.removeAttribute('dir');
}

/** The first element inside that fits; fails the test when there is none. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as querySelector itself has it
export function find<Found extends Element = HTMLElement>(host: LitElement, selector: string): Found {
  const found = host.renderRoot.querySelector(selector);
  if (!found) throw new Error(`no ${selector} in ${host.localName}: ${textOf(host)}`);
  return found as Found; // The caller names the tag in the selector.
}

/** All text that is drawn inside, nested elements included, on one line. */
export function textOf(node: Node): string {
  const parts: string[] = [];
  const walk = (at: Node): void => {
    if (at instanceof HTMLStyleElement || at instanceof SVGElement) return;
    if (at.nodeType === Node.TEXT_NODE) parts.push(at.textContent ?? '');
    if (at instanceof Element && at.shadowRoot) walk(at.shadowRoot);
    for (const child of at.childNodes) walk(child);
  };
  walk(node);
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

/** The next event of a kind. */
export async function eventOf<Detail>(target: EventTarget, type: string): Promise<CustomEvent<Detail>> {
  return new Promise((resolve) =>
    target.addEventListener(type, (event) => resolve(event as CustomEvent<Detail>), { once: true }),
  );
}

/** Resolves as soon as the condition holds; looks once a frame. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/** A virtual list resizes itself while it is observed; browsers report that as an error, and it is none. */
export function allowResizeLoops(): void {
  const { onerror } = window;
  window.onerror = (message, ...rest) =>
    /ResizeObserver loop/.test(typeof message === 'string' ? message : '')
      ? true
      : (onerror?.call(window, message, ...rest) as unknown);
}
