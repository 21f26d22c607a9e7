import type { Downloads } from '../state/downloads.ts';

/** How many downloads run, on the icon of the installed app. */
export function followBadge(downloads: Downloads, { setAppBadge, clearAppBadge }: Badge = badgeOf(navigator)): void {
  let shown = 0;
  downloads.watch(() => {
    const { running } = downloads.counts;
    if (running === shown) return;
    shown = running;
    void (running > 0 ? setAppBadge(running) : clearAppBadge()).catch(() => undefined); // A browser may forbid it.
  });
}

/** What a browser has for it. */
export interface Badge {
  readonly setAppBadge: (count: number) => Promise<void>;
  readonly clearAppBadge: () => Promise<void>;
}

/** Not every browser knows badges, whatever its types say. */
function badgeOf(browser: Partial<Navigator>): Badge {
  return {
    setAppBadge: async (count) => browser.setAppBadge?.(count),
    clearAppBadge: async () => browser.clearAppBadge?.(),
  };
}
