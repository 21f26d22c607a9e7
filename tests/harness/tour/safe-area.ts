/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** What the system keeps of a phone's screen, as browsers tell a page that fills all of it. */
export interface Insets {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Tells pages of this tab that the system keeps so much. */
export async function keepInsets(page: Page, insets: Insets): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setSafeAreaInsetsOverride', { insets });
}

/** CSS pixels between two points that are looked at. */
const STEP = 8;

/** What can be pressed where the system has its own: under a clock, a notch, the bar of the home gesture. */
export async function underInsets(page: Page, insets: Insets): Promise<string[]> {
  return page.evaluate(
    ({ top, bottom, left, right, step }) => {
      const deepest = (x: number, y: number): Element | null => {
        let at = document.elementFromPoint(x, y);
        for (;;) {
          const inner = at?.shadowRoot?.elementFromPoint(x, y);
          if (!inner || inner === at) return at;
          at = inner;
        }
      };
      const { innerWidth: width, innerHeight: height } = window;
      const found = new Set<string>();
      for (let y = 1; y < height; y += step)
        for (let x = 1; x < width; x += step) {
          if (y >= top && y < height - bottom && x >= left && x < width - right) continue;
          const control = deepest(x, y)?.closest('button, a, input');
          if (control) found.add(`${control.localName} ${control.ariaLabel ?? control.textContent.trim()}`);
        }
      return [...found];
    },
    { ...insets, step: STEP },
  );
}
