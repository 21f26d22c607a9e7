/// <reference lib="dom" />
import type { Page, Route } from 'playwright-core';

type Answer = (route: Route) => Promise<void>;

/** All that the app asks the server for, but for who is signed in: without that there is only the door. */
const ASKED = /\/(graphql|api\/(?!auth\/session)[^?]*)(\?|$)/;
const MISTAKE = 'Cannot read properties of undefined (reading x)';
const JSON_TYPE = 'application/json';

/** What comes in place of an answer. */
export const SPOILED: Readonly<Record<string, Answer>> = {
  'a proxy’s page': async (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>502 Bad Gateway</h1>' }),
  'half an answer': async (route) => route.fulfill({ contentType: JSON_TYPE, body: '{"data":{"libra' }),
  'a mistake': async (route) =>
    route.request().url().endsWith('/graphql')
      ? route.fulfill({ contentType: JSON_TYPE, body: JSON.stringify({ data: null, errors: [{ message: MISTAKE }] }) })
      : route.fulfill({ status: 500, contentType: JSON_TYPE, body: JSON.stringify({ detail: MISTAKE }) }),
  'no answer': async (route) => route.abort(),
};

/** Stands between a page and its server: holds what is asked until it is told what to answer. */
export class Spoiler {
  readonly #page: Page;
  readonly #held: Route[] = [];
  #answer: Answer | undefined;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async before(page: Page): Promise<Spoiler> {
    const spoiler = new Spoiler(page);
    await page.route(ASKED, spoiler.#take);
    return spoiler;
  }

  /** Answers what was held, and what is asked from now on. */
  async answer(answer: Answer = async (route) => route.abort()): Promise<void> {
    this.#answer = answer;
    // A page that has gone takes no answer any more.
    await Promise.all(this.#held.splice(0).map(async (route) => answer(route).catch(() => undefined)));
  }

  /** The server itself answers again. */
  async leave(): Promise<void> {
    await this.#page.unroute(ASKED, this.#take);
  }

  readonly #take = async (route: Route): Promise<void> => {
    if (this.#answer) await this.#answer(route);
    else this.#held.push(route);
  };
}

/** All words that are seen, those inside of elements included. */
export async function wordsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const parts: string[] = [];
    const walk = (node: Node): void => {
      if (node instanceof HTMLStyleElement || node instanceof SVGElement) return;
      if (node instanceof Element && !node.checkVisibility()) return;
      if (node.nodeType === Node.TEXT_NODE) parts.push(node.textContent ?? '');
      if (node instanceof Element && node.shadowRoot) walk(node.shadowRoot);
      for (const child of node.childNodes) walk(child);
    };
    walk(document.body);
    return parts.join(' ').replace(/\s+/g, ' ').trim();
  });
}
