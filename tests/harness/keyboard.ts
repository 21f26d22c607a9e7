/// <reference lib="dom" />
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** So many stops at most lie between two things of a page. */
const FAR = 80;

/** Somebody without a mouse: goes on by keys, and sees where they are. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Goes on by Tab until an element that fits has the focus; each stop on the way has to be seen. */
  async tabTo(selector: string): Promise<void> {
    for (let stops = 0; stops < FAR; stops += 1) {
      await this.#page.keyboard.press('Tab');
      const { fits, name, ring } = await this.#look(selector);
      assert.ok(ring, `the focus is seen on ${name}`);
      if (fits) return;
    }
    assert.fail(`${selector} is not in the order of the Tab key.`);
  }

  /** Waits until an element that fits has the focus, and checks that it is seen. */
  async on(selector: string): Promise<void> {
    await this.#page.locator(`${selector}:focus`).first().waitFor();
    const { name, ring } = await this.#look(selector);
    assert.ok(ring, `the focus is seen on ${name}`);
  }

  /** A key that brings the focus to an element. */
  async press(key: string, selector: string): Promise<void> {
    await this.#page.keyboard.press(key);
    await this.on(selector);
  }

  /** Two keys that lead to a page. A slow machine may let too much time pass between them: then they are pressed again. */
  async pair([first = '', second = '']: string, shows: string): Promise<void> {
    const shown = this.#page.locator(shows).first();
    while (!(await shown.isVisible())) {
      await this.#page.keyboard.press(first);
      await this.#page.keyboard.press(second);
      await shown.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
  }

  /** Id of the post whose card has the focus. */
  async post(): Promise<string> {
    return (await this.#page.locator('mf-card:focus-within').getAttribute('data-post')) ?? '';
  }

  async #look(selector: string): Promise<{ fits: boolean; name: string; ring: boolean }> {
    const focused = await this.#page.evaluateHandle(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at;
    });
    const facts = await focused.evaluate((element) => {
      // The browser's own bar is a stop as well.
      if (!(element instanceof HTMLElement) || element === document.body) return { name: 'the browser', ring: true };
      const isSeen = (one: Element): boolean => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
      };
      // A field is drawn by what is around it.
      const around = element.matches('input, textarea') ? element.parentElement : null;
      const { width, height } = element.getBoundingClientRect();
      const name = `${element.localName} ${element.ariaLabel ?? element.textContent.trim().slice(0, 40)}`;
      return { name, ring: width > 0 && height > 0 && (isSeen(element) || (around !== null && isSeen(around))) };
    });
    const fits = await this.#page.locator(`${selector}:focus`).count();
    await focused.dispose();
    return { ...facts, fits: fits > 0 };
  }
}
