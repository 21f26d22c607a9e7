import type { Page } from 'playwright-core';
import { SETTINGS_SECTIONS } from '../../../ui/src/router/route.ts';
import type { Furnished } from './furnish.ts';

/** What people see of the app: where it is, and what is done until it is there. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** An element of it, in the page. */
  readonly shows: string;
  readonly open?: (page: Page) => Promise<void>;
}

/** What a server shows that nobody has an account of; it is gone with the first one. */
export const FIRST_SCREEN: Screen = { name: 'setup-you', path: '', shows: 'mf-setup input' };

/** Every screen of a person who is signed in, and their dialogs. */
export function screensOf({ posts, folder }: Furnished): readonly Screen[] {
  const post = (name: string): string => `m/${posts.get(name) ?? ''}`;
  return [
    { name: 'home', path: '', shows: 'mf-home mf-card' },
    { name: 'home-nothing-found', path: '?q=zzzz', shows: 'mf-home mf-empty' },
    {
      name: 'selection',
      path: '',
      shows: 'mf-bulk button',
      open: async (page) => {
        await page.locator('mf-card').first().waitFor();
        await page.keyboard.press('s');
        await page.locator('mf-card').first().getByRole('link').first().click();
      },
    },
    { name: 'viewer-video', path: post('reddit-video'), shows: 'mf-viewer video' },
    ...(posts.has('tiktok-hevc')
      ? [
          {
            name: 'viewer-unplayable',
            path: post('tiktok-hevc'),
            shows: 'mf-make-playable button',
            open: async (page: Page) =>
              page.getByText(/^(This file can’t be played here|Ce fichier ne peut pas être lu ici)$/).waitFor(),
          },
        ]
      : []),
    { name: 'viewer-carousel', path: post('reddit-gallery'), shows: 'mf-viewer img' },
    { name: 'add', path: `add?${new URLSearchParams({ text: LINKS.join('\n') })}`, shows: 'mf-submit mf-link-row' },
    { name: 'downloads', path: 'downloads', shows: 'mf-downloads' },
    { name: 'downloads-finished', path: 'downloads/finished', shows: 'mf-downloads mf-job' },
    { name: 'downloads-failed', path: 'downloads/failed', shows: 'mf-downloads mf-job' },
    { name: 'status', path: 'status', shows: 'mf-status mf-health' },
    { name: 'library', path: 'library', shows: 'mf-library' },
    { name: 'library-folder', path: `library/f/${folder}`, shows: 'mf-library mf-card' },
    { name: 'library-tags', path: 'library/tags', shows: 'mf-tags' },
    { name: 'library-trash', path: 'library/trash', shows: 'mf-trash mf-card' },
    ...SETTINGS_SECTIONS.map((section) => ({
      name: `settings-${section}`,
      path: section === SETTINGS_SECTIONS[0] ? 'settings' : `settings/${section}`,
      shows: 'mf-settings h2',
    })),
    { name: 'keys', path: '', shows: 'mf-keys kbd', open: async (page) => page.keyboard.press('?') },
    {
      name: 'palette',
      path: '',
      shows: 'mf-palette input',
      open: async (page) => page.keyboard.press('Control+k'),
    },
    ...(['folder', 'tools', 'ready'] as const).map((step) => ({
      name: `setup-${step}`,
      path: `setup/${step}`,
      shows: 'mf-first-steps h1',
    })),
    { name: 'missing', path: 'nowhere/at/all', shows: 'mf-empty' },
  ];
}

/** One that is taken, one that another connector takes, one that none does. */
const LINKS = [
  'https://www.reddit.com/r/aww/comments/1abcde2/a_cat/',
  'https://www.tiktok.com/@mia.paints/video/7651200000000000999',
  'https://www.pinterest.com/pin/1',
];

/** Goes to a screen and waits until it stands still. */
export async function openScreen(page: Page, base: string, screen: Screen): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${base}/${screen.path}`);
  await page.locator('mf-rail, mf-tabbar, mf-first-steps, mf-setup').first().waitFor({ state: 'attached' });
  await screen.open?.(page);
  await page.locator(screen.shows).first().waitFor();
  await page.waitForLoadState('networkidle');
  // Colours in the middle of a fade are nobody's.
  await page.evaluate(async () =>
    Promise.all(document.getAnimations().map(async (animation) => animation.finished.catch(() => undefined))),
  );
}
