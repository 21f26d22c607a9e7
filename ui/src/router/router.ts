import { Store } from '../state/store.ts';
import { buildPath, isOverlay, parseRoute } from './route.ts';
import type { Overlay, Page, Route } from './route.ts';

interface Entry {
  /** Path of the page under an overlay. */
  readonly over?: string;
  /** True where an entry of ours lies before this one. */
  readonly back?: boolean;
  readonly scroll?: number;
}

const readEntry = (): Entry => (history.state ?? {}) as Entry; // Only this file writes history.state.

/**
 * The address as state: a page, and perhaps an overlay on it. Paths are relative to `<base href>`.
 * An overlay keeps the page under it; closing it goes back to the same pixel.
 */
export class Router extends Store {
  page: Page = { name: 'home', filter: {} };
  overlay: Overlay | undefined;
  /** Where the page was scrolled to when it was left; taken once by who restores it. */
  restore: number | undefined;
  readonly #base = new URL(document.baseURI).pathname.replace(/[^/]*$/, '');

  /** Follows links and the back button until `signal` aborts. */
  start(signal: AbortSignal): void {
    history.scrollRestoration = 'manual';
    window.addEventListener('popstate', () => this.#read(true), { signal });
    window.addEventListener('click', (event) => this.#follow(event), { signal });
    this.#read(true);
  }

  href(route: Route): string {
    return this.#base + buildPath(route);
  }

  /** Path below the base of where we are, overlay included. */
  get current(): string {
    return location.pathname.slice(this.#base.length) + location.search;
  }

  go(route: Route, options: { replace?: boolean } = {}): void {
    const entry = readEntry();
    const over = isOverlay(route) ? { over: this.overlay ? (entry.over ?? '') : this.current } : {};
    if (options.replace) {
      history.replaceState({ ...over, back: entry.back ?? false }, '', this.href(route));
    } else {
      history.replaceState({ ...entry, scroll: window.scrollY }, '');
      history.pushState({ ...over, back: true }, '', this.href(route));
    }
    this.#read(false);
  }

  /** Goes to a path below the base, such as one kept over a sign-in. */
  goToPath(path: string): void {
    history.replaceState({}, '', this.#base + path.replace(/^\/+/, ''));
    this.#read(false);
  }

  closeOverlay(): void {
    if (!this.overlay) return;
    const { over, back } = readEntry();
    if (over !== undefined && back) history.back();
    else this.goToPath(over ?? '');
  }

  #read(restoring: boolean): void {
    const before = this.page;
    const route = this.#parse(this.current);
    const entry = readEntry();
    if (isOverlay(route)) {
      this.overlay = route;
      const under = entry.over === undefined ? undefined : this.#parse(entry.over);
      this.page = under && !isOverlay(under) ? under : { name: 'home', filter: {} };
    } else {
      this.restore = restoring && !this.overlay ? entry.scroll : undefined;
      this.overlay = undefined;
      this.page = route;
    }
    if (before.name === this.page.name && buildPath(before) === buildPath(this.page)) this.page = before;
    this.changed();
  }

  #parse(path: string): Route {
    const at = path.indexOf('?');
    const [pathname, search] = at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
    return parseRoute(pathname, new URLSearchParams(search));
  }

  #follow(event: MouseEvent): void {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const anchor = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!anchor?.href || anchor.target || anchor.hasAttribute('download')) return;
    const url = new URL(anchor.href);
    if (url.origin !== location.origin || !url.pathname.startsWith(this.#base)) return;
    const path = url.pathname.slice(this.#base.length);
    if (/^(api|health|graphql)(\/|$)/.test(path)) return;
    event.preventDefault();
    const target = this.#parse(path + url.search);
    // The pages of the library are places of their own, to go back from.
    const same = !isOverlay(target) && target.name === this.page.name && target.name !== 'library' && !this.overlay;
    this.go(target, { replace: same });
  }
}
