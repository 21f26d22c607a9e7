import { assert } from 'chai';
import { sortFolders } from '../../src/library/folder-sort.rules.ts';
import { exportListUrl } from '../../src/select/export-url.ts';
import { folder, post } from '../helpers/data.ts';
import { PostList } from '../../src/state/post-list.ts';

describe('sortFolders', () => {
  const folders = [
    folder({ name: 'b10', count: 1, createdAt: '2026-01-03T00:00:00Z' }),
    folder({ name: 'B2', count: 7, createdAt: '2026-01-01T00:00:00Z' }),
    folder({ name: 'été', count: 7, createdAt: '2026-01-02T00:00:00Z' }),
    folder({ name: 'a', count: 0, createdAt: '2026-01-02T00:00:00Z' }),
  ];
  for (const [sort, names] of [
    ['own', 'b10 B2 été a'],
    ['name', 'a B2 b10 été'],
    ['newest', 'b10 été a B2'],
    ['count', 'B2 été b10 a'],
  ] as const) {
    it(`${sort}: ${names}`, () =>
      assert.equal(
        sortFolders(folders, sort, 'fr')
          .map(({ name }) => name)
          .join(' '),
        names,
      ));
  }
});

describe('exportListUrl', () => {
  it('names what the list shows, not where it begins, and folders inside on demand', () => {
    const url = new URL(exportListUrl({ folder: 'f', kind: 'video', at: '2026-01' }, { inside: true }));
    assert.equal(url.pathname.endsWith('/api/library/export'), true);
    assert.deepEqual(Object.fromEntries(url.searchParams), { folder: 'f', kind: 'video', subfolders: 'true' });
  });
});

describe('PostList', () => {
  it('finds posts, and takes none twice', () => {
    const [a, b, c] = [post(), post(), post()];
    const list = new PostList();
    list.set([a, b]);
    list.append([b, c]);
    assert.deepEqual(list.all, [a, b, c]);
    assert.equal(list.byId(c.id), c);
    list.set([b]);
    assert.equal(list.byId(a.id), undefined);
  });
});
