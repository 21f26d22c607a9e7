/// <reference lib="dom" />
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** 200 % of a page that is 640 pixels wide, and the narrowest that WCAG 2.2 knows (1.4.10). */
export const NARROW = { width: 320, height: 640 } as const;

/** In the page, after axe's own script. */
declare const axe: { run(context: Document, options: unknown): Promise<AxeResults> };

let source: Promise<string> | undefined;

/** What is serious or critical on a page, in words. */
export async function axeFindings(page: Page): Promise<string[]> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await source);
  const { violations } = await page.evaluate(async () =>
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
}

/** Milliseconds in which a page has laid itself out anew; only one that is too wide meets it. */
const SETTLED_MS = 15_000;

/** How wide a page stays that has little room, in either direction of writing, when it is wider than that. */
export async function tooWide(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize(NARROW);
  const found: string[] = [];
  for (const dir of ['ltr', 'rtl'] as const) {
    const width = await page.evaluate((chosen) => {
      document.documentElement.dir = chosen;
      return document.documentElement.scrollWidth;
    }, dir);
    if (width > NARROW.width && !(await becomesNarrow(page))) found.push(`${width} pixels wide, ${dir}`);
  }
  await page.evaluate(() => document.documentElement.removeAttribute('dir'));
  if (before) await page.setViewportSize(before);
  return found;
}

async function becomesNarrow(page: Page): Promise<boolean> {
  return page
    .waitForFunction((most) => document.documentElement.scrollWidth <= most, NARROW.width, { timeout: SETTLED_MS })
    .then(
      () => true,
      () => false,
    );
}
