import { assert } from 'chai';
import { html } from 'lit';
import type { BulkJob, Post } from '../../src/api/types.ts';
import '../../src/select/mf-bulk.ts';
import type { MfBulk } from '../../src/select/mf-bulk.ts';
import { folder, post } from '../helpers/data.ts';
import { textOf, unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

const job = (over: object): BulkJob => ({
  id: 'job',
  action: 'trash',
  status: 'done',
  total: 2,
  done: 2,
  failed: 0,
  errorCode: null,
  undoable: true,
  ...over,
});

/** A list of posts as the library has it, and a server that does every change at once. */
async function open(posts: readonly Post[], place: { kind: 'folder'; id: string } | { kind: 'trash' }) {
  const services = new FakeServices({
    Library: () => ({ library: { items: posts, nextCursor: null } }),
    LibraryCount: () => ({ libraryCount: { value: posts.length, more: false } }),
    Folders: () => ({
      folders: [folder({ id: 'f', name: 'Recipes' })],
      sharedFolders: [],
      inbox: null,
      trash: null,
      favourites: null,
    }),
    StartBulk: ({ action, ids }) => ({
      startBulk: job({
        id: `job ${String(action)}`,
        action,
        total: (ids as string[] | null)?.length ?? 5000,
        done: (ids as string[] | null)?.length ?? 5000,
      }),
    }),
    UndoBulk: ({ id }) => ({ undoBulk: job({ id: `undo ${String(id)}`, undoable: false }) }),
  });
  await services.library.open(place.kind === 'trash' ? { trash: true } : { folder: place.id });
  await services.folders.load();
  const element = await mountIn<MfBulk>(services, html`<mf-bulk .place=${place}></mf-bulk>`);
  return { services, element };
}
const button = (element: MfBulk, name: RegExp): HTMLElement => {
  const found = [...element.renderRoot.querySelectorAll<HTMLElement>('button')].find((at) =>
    name.test(at.ariaLabel ?? textOf(at)),
  );
  if (!found) throw new Error(`no ${name.source} in ${textOf(element)}`);
  return found;
};

describe('mf-bulk', () => {
  afterEach(unmount);
  const posts = (): Post[] => [post({ folderIds: ['f'] }), post({ folderIds: ['f'] }), post({ folderIds: ['f'] })];

  it('says how many are picked, and offers all of them', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    services.selection.toggle(list[0]?.id ?? '');
    await element.updateComplete;
    assert.include(textOf(element), '1 selected');
    button(element, /^All 3$/).click();
    await until(() => services.selection.size === 3);
    await element.updateComplete;
    assert.include(textOf(element), '3 selected');
  });

  it('takes posts out of the folder at once, tells it, and puts them back', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    const ids = list.slice(0, 2).map(({ id }) => id);
    services.selection.all(ids);
    await element.updateComplete;
    button(element, /^Take out of Recipes$/).click();
    assert.equal(services.library.posts.length, 1, 'they leave the list before the server has answered');
    assert.equal(services.selection.active, false, 'the selection ends with its action');
    await until(() => services.toasts.list.length > 0);
    assert.equal(services.toasts.list[0]?.text, 'Took 2 posts out of Recipes.');
    services.toasts.list[0]?.action?.run();
    await until(() => services.toasts.list.some(({ text }) => text === 'Taken back.'));
    assert.deepEqual(
      services.of('StartBulk').map(({ action, ids: of }) => [action, of]),
      [['removeFromFolder', ids]],
    );
    assert.deepEqual(
      services.of('UndoBulk').map(({ id }) => id),
      ['job removeFromFolder'],
    );
    assert.equal(services.library.posts.length, 3, 'the list is as it was');
  });

  it('thousands that go by the filter are taken back as well', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    services.selection.all(
      list.map(({ id }) => id),
      true,
    );
    await element.updateComplete;
    button(element, /^Remove$/).click();
    await until(() => services.toasts.list.length > 0);
    services.changes.undoLast();
    await until(() => services.toasts.list.some(({ text }) => text === 'Taken back.'));
    assert.equal(services.of('StartBulk')[0]?.['ids'], null);
    assert.equal(services.of('UndoBulk')[0]?.['id'], 'job trash');
  });

  it('a refusal is told, and the list is read again', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    services.selection.all(list.map(({ id }) => id));
    await element.updateComplete;
    Object.assign(services.api, {
      query: async (document: unknown, variables: unknown) => {
        if (JSON.stringify(variables).includes('trash"')) throw new Error('no');
        return { library: { items: list, nextCursor: null }, libraryCount: { value: 3, more: false }, document };
      },
    });
    button(element, /^Remove$/).click();
    await until(() => services.toasts.list.some(({ tone }) => tone === 'bad'));
    await until(() => services.library.posts.length === 3);
  });

  it('in the trash it restores and deletes for good', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'trash' });
    services.selection.all(list.map(({ id }) => id));
    await element.updateComplete;
    assert.equal(
      [...element.renderRoot.querySelectorAll('button')].some((at) => at.ariaLabel === 'Add to folder'),
      false,
    );
    button(element, /^Restore$/).click();
    await until(() => services.of('StartBulk').length === 1);
    assert.equal(services.of('StartBulk')[0]?.['action'], 'restore');
  });

  it('what is picked is changed, also where a filter hides it by now', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    services.selection.toggle(list[0]?.id ?? '');
    await element.updateComplete;
    await services.library.open({ folder: 'f', kind: 'audio' });
    services.library.hide([list[0]?.id ?? '']);
    services.selection.toggle(list[1]?.id ?? '');
    await element.updateComplete;
    button(element, /^Remove$/).click();
    await until(() => services.of('StartBulk').length > 0);
    assert.deepEqual(services.of('StartBulk')[0]?.['ids'], [list[0]?.id, list[1]?.id]);
  });

  it('"all" ends with the filter that they were all of', async () => {
    const list = posts();
    const { services, element } = await open(list, { kind: 'folder', id: 'f' });
    services.selection.all(
      list.map(({ id }) => id),
      true,
    );
    element.filter = { kind: 'video' };
    await element.updateComplete;
    assert.equal(services.selection.everything, false);
    assert.equal(services.selection.size, 0);
  });
});
