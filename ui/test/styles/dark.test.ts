import { assert } from 'chai';
import { dark } from '../../src/styles/dark.ts';

describe('dark', () => {
  it('has the dark roles of tokens.css, and all that the light theme changes', async () => {
    const tokens = await (await fetch(new URL('../../src/styles/tokens.css', import.meta.url))).text();
    const plain = tokens.replace(/\/\*[^]*?\*\//g, '');
    const root = /:root \{([^]*?)\n\}/.exec(plain)?.[1] ?? '';
    const light = /:root\[data-theme="light"\] \{([^]*?)\n\}/.exec(plain)?.[1] ?? '';
    const roles = (block: string): Map<string, string> =>
      new Map(
        [...block.matchAll(/(--mf-[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
          name,
          value.replace(/\s+/g, ' ').trim(),
        ]),
      );
    const [wanted, changed, here] = [roles(root), roles(light), roles(dark.cssText)];
    assert.isAtLeast(changed.size, 30);
    for (const name of changed.keys()) assert(here.has(name), name);
    for (const [name, value] of here) assert.equal(value, wanted.get(name), name);
  });
});
