import { assert } from 'chai';
import { html } from 'lit';
import type { LitElement } from 'lit';
import '../../src/library/mf-folder-act.ts';
import { folder } from '../helpers/data.ts';
import { eventOf, find, textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const FOLDERS = [
  folder({ id: 'a', name: 'Recipes', count: 2 }),
  folder({ id: 'b', name: 'Japanese', parentId: 'a', count: 3 }),
];

async function services(): Promise<FakeServices> {
  const made = new FakeServices({
    Folders: () => ({ folders: FOLDERS, sharedFolders: [], inbox: null, trash: null, favourites: null }),
    LibraryCount: () => ({ libraryCount: { value: 4, more: false } }),
    Members: () => ({
      members: [
        { id: 'u1', username: 'Noor' },
        { id: 'u2', username: '美咲' },
      ],
    }),
    CreateFolder: ({ name }) => ({ createFolder: folder({ id: '0123456789abcdef01234567', name: String(name) }) }),
    DeleteFolder: () => ({ deleteFolder: 'a' }),
    MoveFolder: () => ({ moveFolder: { id: 'b' } }),
    ShareFolder: () => ({ shareFolder: { id: 'a' } }),
  });
  await made.folders.load();
  return made;
}

describe('questions about folders', () => {
  afterEach(() => {
    unmount();
    history.replaceState(null, '', location.href.split('?')[0]);
  });

  it('deleting says how much goes and asks what becomes of the posts', async () => {
    const given = await services();
    const element = await mountIn<LitElement>(given, html`<mf-folder-delete .folder=${FOLDERS[0]}></mf-folder-delete>`);
    await until(() => textOf(element).includes('4 posts'));
    assert.include(textOf(element), 'The folder inside goes as well.');
    const choices = [...element.renderRoot.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    assert.equal(choices.length, 2, 'there is no folder above');
    choices.at(-1)?.click();
    await element.updateComplete;
    const closed = eventOf(element, 'mf-close');
    find(element, '.btn.bad').click();
    await closed;
    assert.deepEqual(given.of('DeleteFolder'), [{ id: 'a', content: 'trash' }]);
  });

  it('moving offers every folder but those inside of it', async () => {
    const given = await services();
    const element = await mountIn<LitElement>(given, html`<mf-folder-move .folder=${FOLDERS[1]}></mf-folder-move>`);
    const choices = [...element.renderRoot.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    assert.equal(choices.length, 2, 'the top and Recipes');
    choices[0]?.click();
    await element.updateComplete;
    const closed = eventOf(element, 'mf-close');
    find(element, '.btn.main').click();
    await closed;
    assert.deepEqual(given.of('MoveFolder'), [{ id: 'b', parentId: null }]);
  });

  it('sharing names the others, and what they may do', async () => {
    const given = await services();
    const element = await mountIn<LitElement>(given, html`<mf-folder-share .folder=${FOLDERS[0]}></mf-folder-share>`);
    await until(() => textOf(element).includes('美咲'));
    assert.notInclude(textOf(element), 'Noor');
    find(element, '.seg button:nth-child(3)').click();
    await until(() => given.of('ShareFolder').length === 1);
    assert.deepEqual(given.of('ShareFolder'), [{ id: 'a', userId: 'u2', right: 'add' }]);
  });
});
