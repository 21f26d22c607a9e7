import { assert } from 'chai';
import { html, LitElement } from 'lit';
import type { Post } from '../../src/api/types.ts';
import { DropPosts } from '../../src/library/drop-posts.ts';
import { folder, post } from '../helpers/data.ts';
import { unmount, until } from '../helpers/render.ts';
import { FakeServices, mountIn } from '../helpers/services.ts';

class MfTestDropped extends LitElement {
  constructor() {
    super();
    new DropPosts(this);
  }
}
customElements.define('mf-test-dropped', MfTestDropped);

describe('posts that are dropped on a folder', () => {
  afterEach(unmount);

  /** A list in the app, of which far more is there than is read. */
  const open = async (posts: readonly Post[]) => {
    const services = new FakeServices({
      Library: ({ filter }) => ({
        library: { items: (filter as { kind?: string } | null)?.kind ? [] : posts, nextCursor: 'more' },
      }),
      LibraryCount: () => ({ libraryCount: { value: 5000, more: true } }),
      Folders: () => ({
        folders: [folder({ id: 'f', name: 'Recipes' })],
        sharedFolders: [],
        inbox: null,
        trash: null,
        favourites: null,
      }),
      StartBulk: ({ action, ids }) => {
        const n = (ids as string[] | null)?.length ?? 5000;
        const counts = { total: n, done: n, failed: 0 };
        return { startBulk: { id: 'job', action, status: 'done', ...counts, errorCode: null, undoable: true } };
      },
    });
    await services.library.open({});
    await services.folders.load();
    const element = await mountIn<MfTestDropped>(services, html`<mf-test-dropped></mf-test-dropped>`);
    const told: string[] = [];
    services.toasts.watch(() => told.push(...services.toasts.list.map(({ text }) => text)));
    const drop = async (ids: readonly string[]) => {
      element.dispatchEvent(new CustomEvent('mf-drop-posts', { detail: { folderId: 'f', ids } }));
      await until(() => told.length > 0);
      return told[0];
    };
    return { services, drop };
  };

  it('are all of the list, if all of it is picked', async () => {
    const posts = [post(), post()];
    const ids = posts.map(({ id }) => id);
    const { services, drop } = await open(posts);
    services.selection.all(ids, true);
    assert.equal(await drop(ids), 'Added 5,000 posts to Recipes.');
    const [asked] = services.of('StartBulk');
    assert.equal(asked?.['ids'], null);
    assert.deepEqual(asked?.['filter'], {});
    assert.equal(services.selection.active, false);
  });

  it('are also those that a filter hides by now', async () => {
    const posts = [post(), post()];
    const ids = posts.map(({ id }) => id);
    const { services, drop } = await open(posts);
    services.selection.all(ids);
    await services.library.open({ kind: 'audio' });
    assert.deepEqual(services.library.posts, []);
    assert.equal(await drop(ids), 'Added 2 posts to Recipes.');
    assert.deepEqual(services.of('StartBulk')[0]?.['ids'], ids);
    assert.equal(services.selection.active, false);
  });

  it('are picked no more; what was not filed still is', async () => {
    const [own, foreign, other] = [post(), post({ foreign: true }), post()];
    const { services, drop } = await open([own, foreign, other]);
    services.selection.all([own.id, foreign.id]);
    assert.equal(await drop([other.id]), 'Added 1 post to Recipes.');
    assert.deepEqual([...services.selection.picked], [own.id, foreign.id]);
    await drop([own.id, foreign.id]);
    assert.deepEqual([...services.selection.picked], [foreign.id]);
  });
});
