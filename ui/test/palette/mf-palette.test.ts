import { assert } from 'chai';
import { html } from 'lit';
import '../../src/palette/mf-palette.ts';
import type { MfPalette } from '../../src/palette/mf-palette.ts';
import { findEntries } from '../../src/palette/palette.rules.ts';
import type { Route } from '../../src/router/route.ts';
import { folder } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const ENTRIES = [
  { id: '1', label: 'Recipes' },
  { id: '2', label: 'Japanese', words: 'Recipes / Japanese' },
  { id: '3', label: 'Crème brûlée', words: 'Recipes / Sweet / Crème brûlée' },
  { id: '4', label: 'Old recipes' },
];

describe('findEntries', () => {
  for (const [text, ids] of [
    ['', ['1', '2', '3', '4']],
    ['rec', ['1', '2', '3', '4']],
    ['japa', ['2']],
    ['rec jap', ['2']],
    ['brulee', ['3']],
    ['panese', ['2']],
    ['x', []],
  ] as const) {
    it(`“${text}” finds ${ids.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(
        findEntries(ENTRIES, text, 9).map(({ id }) => id),
        ids,
      );
    });
  }

  it('what begins so comes first, and no more than wanted', () => {
    assert.deepEqual(
      findEntries([{ id: 'a', label: 'My recipes' }, ...ENTRIES], 'recipes', 2).map(({ id }) => id),
      ['1', 'a'],
    );
  });
});

describe('mf-palette', () => {
  afterEach(unmount);

  const open = async (): Promise<{ element: MfPalette; went: Route[]; input: HTMLInputElement }> => {
    const recipes = folder({ name: 'Recipes' });
    const services = new FakeServices({
      Folders: () => ({ folders: [recipes], sharedFolders: [], inbox: null, trash: null, favourites: null }),
      Tags: ({ prefix }) => ({ tags: [{ name: `${String(prefix)}men`, count: 3 }] }),
    });
    const went: Route[] = [];
    services.router.go = (route) => void went.push(route);
    const element = await mountIn<MfPalette>(services, html`<mf-palette></mf-palette>`);
    await until(() => textOf(element).includes('Recipes'));
    return { element, went, input: find<HTMLInputElement>(element, 'input') };
  };
  const type = async (element: MfPalette, input: HTMLInputElement, text: string): Promise<void> => {
    input.value = text;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await element.updateComplete;
  };
  const press = async (element: MfPalette, input: HTMLInputElement, key: string): Promise<void> => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await element.updateComplete;
  };
  const chosen = (element: MfPalette, input: HTMLInputElement): string =>
    textOf(find(element, `#${input.getAttribute('aria-activedescendant') ?? 'none'}`));

  it('has the focus, and names the entry that Enter takes', async () => {
    const { element, input } = await open();
    assert.equal(element.shadowRoot?.activeElement, input);
    assert.equal(chosen(element, input), 'Home');
    await press(element, input, 'ArrowDown');
    assert.equal(chosen(element, input), 'Library');
    await press(element, input, 'ArrowUp');
    await press(element, input, 'ArrowUp');
    assert.equal(
      chosen(element, input),
      textOf([...element.renderRoot.querySelectorAll('[role=option]')].at(-1) ?? element),
    );
  });

  it('goes to a folder by its name', async () => {
    const { element, input, went } = await open();
    await type(element, input, 'reci');
    const closed = eventOf(element, 'mf-close');
    await press(element, input, 'Enter');
    await closed;
    assert.deepEqual(
      went.map((route) => route.name === 'library' && route.place.kind),
      ['folder'],
    );
  });

  it('finds tags on the server, and always offers to search', async () => {
    const { element, input, went } = await open();
    await type(element, input, '#ra');
    await until(() => textOf(element).includes('#ramen'));
    assert.equal(chosen(element, input).startsWith('#ramen'), true);
    await press(element, input, 'ArrowDown');
    await press(element, input, 'Enter');
    assert.deepEqual(went, [{ name: 'home', filter: { q: '#ra' } }]);
  });

  it('a link is saved and nothing else is offered', async () => {
    const { element, input, went } = await open();
    await type(element, input, 'https://vm.tiktok.com/ZGdkX9pQ2/');
    assert.equal(element.renderRoot.querySelectorAll('[role=option]').length, 1);
    await press(element, input, 'Enter');
    assert.deepEqual(went, [{ name: 'add', text: 'https://vm.tiktok.com/ZGdkX9pQ2/' }]);
  });
});
