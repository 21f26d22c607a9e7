import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { DESKTOP, PHONE, launchBrowser, openPage } from '../tests/harness/browser.ts';
import { ADMIN, Product } from '../tests/harness/product.ts';
import { furnish } from '../tests/harness/tour/furnish.ts';
import { openScreen, screensOf } from '../tests/harness/tour/screens.ts';
import type { Screen } from '../tests/harness/tour/screens.ts';
import { createLab } from '../tests/lab/index.ts';
import type { Lab } from '../tests/lab/index.ts';
import { prepareTests } from './prepare-tests.ts';
import { ROOT, step } from './steps.ts';

/**
 * Pictures of every screen, on a desktop and a phone, dark and light: all into docs/images/screens, which is not kept, and
 * those of the README into docs/images. Words narrow it down: `npm run shots -- viewer`.
 */
const IMAGES = join(ROOT, 'docs/images');
const SCREENS = join(IMAGES, 'screens');
const KEPT = new Set([
  'home-desktop-dark',
  'viewer-video-desktop-dark',
  'home-phone-dark',
  'viewer-carousel-phone-dark',
  'downloads-phone-light',
]);
const LOOKS = [
  ['desktop', 'dark'],
  ['desktop', 'light'],
  ['phone', 'dark'],
  ['phone', 'light'],
] as const;
/** Stored as it came, it does not play. */
const UNPLAYABLE = 'tiktok-hevc';
/** Bytes a second that keep downloads on their way while they are looked at. */
const SLOW = 300_000;

const words = process.argv.slice(2);
await prepareTests();
const lab = await createLab();
const product = await step('a library of the lab’s posts', async () => Product.start({ lab }));
const browser = await launchBrowser();
try {
  const wrong = lab.posts.filter(({ outcome }) => outcome !== 'completed');
  const failing = wrong.filter(({ platform }, at) => wrong.findIndex((other) => other.platform === platform) === at);
  const posts = lab.posts.filter(({ outcome }) => outcome === 'completed');
  const furnished = await furnish(product, lab, {
    posts: posts.map(({ name }) => name).filter((name) => name !== UNPLAYABLE),
    failing: failing.map(({ name }) => name),
    unplayable: UNPLAYABLE,
  });
  await keepBusy(product, lab);
  const screens = screensOf(furnished).filter(({ name }) => words.every((word) => name.includes(word)));
  if (words.length === 0) await rm(SCREENS, { recursive: true, force: true });
  await mkdir(SCREENS, { recursive: true });
  for (const look of LOOKS) await step(look.join(', '), async () => shoot(screens, look));
} finally {
  await browser.close();
  await product.close();
  await lab.close();
}

/** Three that run and one that waits. */
async function keepBusy({ api }: Product, platforms: Lab): Promise<void> {
  platforms.throttle(SLOW);
  for (const platform of ['tiktok', 'reddit', 'youtube', 'x'] as const)
    await api.submit((await platforms.bigVideo(platform)).url);
}

async function shoot(screens: readonly Screen[], [device, colorScheme]: (typeof LOOKS)[number]): Promise<void> {
  const viewport = device === 'desktop' ? DESKTOP : PHONE;
  const { page, context } = await openPage(browser, {
    viewport,
    colorScheme,
    hasTouch: device === 'phone',
    isMobile: device === 'phone',
  });
  await signIn(context);
  for (const screen of screens) await picture(page, screen, `${screen.name}-${device}-${colorScheme}`);
  await context.close();
}

async function signIn(context: BrowserContext): Promise<void> {
  await context.request.post(`${product.url}/api/auth/login`, { data: ADMIN });
}

async function picture(page: Page, screen: Screen, name: string): Promise<void> {
  await openScreen(page, product.url, screen);
  const image = sharp(await page.screenshot()).webp({ quality: 84 });
  await image.clone().toFile(join(SCREENS, `${name}.webp`));
  if (KEPT.has(name)) await image.clone().toFile(join(IMAGES, `${name}.webp`));
}
