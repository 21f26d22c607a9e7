import { assert } from 'chai';
import { html } from 'lit';
import '../../src/library/mf-folder-tree.ts';
import type { MfFolderTree } from '../../src/library/mf-folder-tree.ts';
import { FOLDER_TYPE, POSTS_TYPE } from '../../src/select/drag-data.ts';
import { folder } from '../helpers/data.ts';
import { eventOf, find, mount, textOf, unmount } from '../helpers/render.ts';

const FOLDERS = [
  folder({ id: 'a', name: 'Recipes', count: 3 }),
  folder({ id: 'b', name: 'お弁当', parentId: 'a' }),
  folder({ id: 'c', name: 'صور', parentId: null }),
];
const tree = async (open: readonly string[] = [], current = ''): Promise<MfFolderTree> =>
  mount<MfFolderTree>(
    html`<mf-folder-tree
      .folders=${FOLDERS}
      .open=${new Set(open)}
      .current=${current}
      .hrefOf=${(id: string) => `#${id}`}
    ></mf-folder-tree>`,
  );
const rows = (element: MfFolderTree): string[] =>
  [...element.renderRoot.querySelectorAll<HTMLElement>('[role=treeitem]')].map((row) => row.dataset['id'] ?? '');
const press = (element: MfFolderTree, id: string, key: string, more: KeyboardEventInit = {}): void => {
  find(element, `[data-id="${id}"]`).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, ...more }),
  );
};

describe('mf-folder-tree', () => {
  afterEach(unmount);

  it('says how deep a folder lies, how many posts it has, whether it is open', async () => {
    const element = await tree(['a'], 'b');
    assert.deepEqual(rows(element), ['a', 'b', 'c']);
    const inner = find(element, '[data-id="b"]');
    assert.equal(inner.ariaLevel, '2');
    assert.equal(inner.ariaSelected, 'true');
    assert.equal(find(element, '[data-id="a"]').ariaLabel, 'Recipes, 3');
    assert.equal(find(element, '[data-id="c"]').hasAttribute('aria-expanded'), false);
  });

  it('shows the way to the folder that is looked at', async () => {
    const element = await tree([], 'b');
    await element.updateComplete;
    assert.deepEqual(rows(element), ['a', 'b', 'c']);
  });

  it('one row is in the tab order; arrows walk, open and shut', async () => {
    const element = await tree();
    assert.equal(element.renderRoot.querySelectorAll('[tabindex="0"]').length, 1);
    find(element, '[data-id="a"]').focus();
    press(element, 'a', 'ArrowRight');
    await element.updateComplete;
    assert.deepEqual(rows(element), ['a', 'b', 'c']);
    press(element, 'a', 'ArrowDown');
    await element.updateComplete;
    assert.equal(element.shadowRoot?.activeElement, find(element, '[data-id="b"]'));
    press(element, 'b', 'ArrowLeft');
    press(element, 'a', 'ArrowLeft');
    await element.updateComplete;
    assert.deepEqual(rows(element), ['a', 'c']);
  });

  it('F2, N and Delete ask; Alt with an arrow moves', async () => {
    const element = await tree(['a']);
    for (const [key, act] of [
      ['F2', { kind: 'rename', id: 'b' }],
      ['n', { kind: 'new', parentId: 'b' }],
      ['Delete', { kind: 'delete', id: 'b' }],
    ] as const) {
      const asked = eventOf(element, 'mf-folder-act');
      press(element, 'b', key);
      assert.deepEqual((await asked).detail, act);
    }
    const moved = eventOf(element, 'mf-move');
    press(element, 'b', 'ArrowLeft', { altKey: true });
    assert.deepEqual((await moved).detail, { id: 'b', move: { parentId: null, beforeId: 'c' } });
  });

  const drop = (element: MfFolderTree, id: string, type: string, value: string): void => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData(type, value);
    const row = find(element, `[data-id="${id}"]`);
    const { top, height } = row.getBoundingClientRect();
    const at = { dataTransfer, bubbles: true, composed: true, cancelable: true, clientY: top + height / 2 };
    row.dispatchEvent(new DragEvent('dragover', at));
    row.dispatchEvent(new DragEvent('drop', at));
  };

  it('a folder dropped on another goes into it', async () => {
    const element = await tree(['a']);
    const moved = eventOf(element, 'mf-move');
    drop(element, 'a', FOLDER_TYPE, 'c');
    assert.deepEqual((await moved).detail, { id: 'c', move: { parentId: 'a' } });
  });

  it('posts dropped on a folder are told with their ids', async () => {
    const element = await tree();
    const dropped = eventOf(element, 'mf-drop-posts');
    drop(element, 'c', POSTS_TYPE, 'p1,p2');
    assert.deepEqual((await dropped).detail, { folderId: 'c', ids: ['p1', 'p2'] });
  });

  it('markup in a name stays text', async () => {
    const element = await mount<MfFolderTree>(
      html`<mf-folder-tree .folders=${[folder({ name: '<b>bold</b>' })]}></mf-folder-tree>`,
    );
    assert.include(textOf(element), '<b>bold</b>');
  });
});
