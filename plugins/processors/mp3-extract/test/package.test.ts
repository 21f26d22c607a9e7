import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkPlugin } from '@mediafetcher/sdk/testing';

it('the package is a plugin that the host takes', async () => {
  assert.deepEqual(await checkPlugin(new URL('../package.json', import.meta.url)), []);
});
