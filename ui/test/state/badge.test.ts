import { assert } from 'chai';
import { followBadge } from '../../src/app/badge.ts';
import type { Downloads } from '../../src/state/downloads.ts';
import { Store } from '../../src/state/store.ts';

class Counts extends Store {
  counts = { running: 0 };

  set(running: number): void {
    this.counts = { running };
    this.changed();
  }
}

describe('the badge of the installed app', () => {
  it('follows how many downloads run, and says nothing twice', async () => {
    const downloads = new Counts();
    const said: (number | 'none')[] = [];
    followBadge(downloads as unknown as Downloads, {
      setAppBadge: async (count) => void said.push(count),
      clearAppBadge: async () => void said.push('none'),
    });
    for (const running of [0, 1, 1, 3, 0, 0]) downloads.set(running);
    await Promise.resolve();
    assert.deepEqual(said, [1, 3, 'none']);
  });

  it('goes on where the browser forbids it', () => {
    const downloads = new Counts();
    const forbid = async (): Promise<never> => Promise.reject(new DOMException('no', 'NotAllowedError'));
    followBadge(downloads as unknown as Downloads, { setAppBadge: forbid, clearAppBadge: forbid });
    downloads.set(1);
    downloads.set(0);
  });
});
