import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import { createLab } from '../lab/index.ts';
import type { Lab } from '../lab/index.ts';
import { openLabTools } from './lab-tools.ts';

describe('a share link that gallery-dl is asked about', () => {
  let lab: Lab;
  before(async () => void (lab = await createLab()));
  after(async () => lab.close());

  for (const name of ['instagram-carousel', 'reddit-gallery']) {
    it(`of ${name} leads to its post, and nothing is downloaded`, async (t) => {
      const post = lab.post(name);
      const world = await openLabTools(t, lab, post);
      const address = await world.tools.resolveLink(post.shareLinks[0] ?? '');
      assert.ok(address?.includes(post.key.slice(post.key.indexOf(':') + 1)), address);
      assert.deepEqual(await readdir(world.staging), []);
    });
  }

  it('that leads nowhere is a coded failure', async (t) => {
    const world = await openLabTools(t, lab, lab.post('reddit-gallery'));
    await assert.rejects(world.tools.resolveLink('https://www.reddit.com/r/nowhere/s/AAAAAAAAAA'), isPluginError);
  });
});
