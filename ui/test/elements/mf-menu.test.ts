import { assert } from 'chai';
import { html } from 'lit';
import '../../src/elements/mf-menu.ts';
import type { MfMenu } from '../../src/elements/mf-menu.ts';
import { find, mount, unmount, until } from '../helpers/render.ts';

describe('mf-menu', () => {
  afterEach(unmount);

  for (const dir of ['ltr', 'rtl'] as const) {
    it(`stays on the page when items come while it is open, ${dir}`, async () => {
      document.documentElement.dir = dir;
      const menu = await mount<MfMenu>(
        html`<mf-menu style="position: fixed; inset-inline-end: 0; inset-block-end: 0">
          <button slot="trigger">Tags</button>
        </mf-menu>`,
      );
      const box = find(menu, '[popover]');
      const trigger = menu.querySelector('button');
      trigger?.click();
      // From here on it has its place.
      await until(() => trigger?.ariaExpanded === 'true');
      const before = box.getBoundingClientRect();
      for (let n = 0; n < 40; n += 1) {
        const item = document.createElement('button');
        item.role = 'menuitem';
        item.style.display = 'block';
        item.textContent = 'a tag with very many words in it';
        menu.append(item);
      }
      const inside = (): boolean => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        return left >= 0 && right <= window.innerWidth && top >= 0 && bottom <= window.innerHeight;
      };
      await until(inside);
      assert.isAbove(box.getBoundingClientRect().height, before.height);
    });
  }
});
