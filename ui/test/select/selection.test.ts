import { assert } from 'chai';
import { changePost } from '../../src/select/change.rules.ts';
import type { Change } from '../../src/select/change.rules.ts';
import { findFolders } from '../../src/select/folder-search.rules.ts';
import { between, shareOf, toggled } from '../../src/select/selection.rules.ts';
import { passes } from '../../src/state/passes.rules.ts';
import { Selection } from '../../src/state/selection.ts';
import { post } from '../helpers/data.ts';

describe('selection', () => {
  it('a range has both its ends, in either direction', () => {
    assert.deepEqual(between(['a', 'b', 'c', 'd'], 'b', 'd'), ['b', 'c', 'd']);
    assert.deepEqual(between(['a', 'b', 'c', 'd'], 'd', 'b'), ['b', 'c', 'd']);
    assert.deepEqual(between(['a', 'b'], 'gone', 'b'), ['b']);
    assert.deepEqual(between(['a', 'b'], 'a', 'gone'), []);
  });

  it('a press picks and lets go', () => {
    assert.deepEqual([...toggled(new Set(['a']), 'b')], ['a', 'b']);
    assert.deepEqual([...toggled(new Set(['a', 'b']), 'a')], ['b']);
  });

  it('Shift extends from what was pressed last', () => {
    const selection = new Selection();
    selection.toggle('c');
    selection.extend(['a', 'b', 'c', 'd'], 'a');
    assert.deepEqual([...selection.picked].sort(), ['a', 'b', 'c']);
  });

  it('everything ends as soon as one is pressed', () => {
    const selection = new Selection();
    selection.all(['a', 'b'], true);
    assert.equal(selection.has('not read yet'), true);
    selection.toggle('a');
    assert.equal(selection.everything, false);
    assert.deepEqual([...selection.picked], ['b']);
  });

  it('a tick is on, off or mixed', () => {
    const is = (n: number): boolean => n > 1;
    assert.deepEqual(
      [shareOf([2, 3], is), shareOf([1, 2], is), shareOf([1], is), shareOf([], is)],
      ['all', 'some', 'none', 'none'],
    );
  });
});

describe('a change of a post', () => {
  const one = post({ id: '1', folderIds: ['f'], tags: ['Cats'], favourite: true });

  it('shows at once', () => {
    const folders = (change: Change): readonly string[] => changePost(change, one).folderIds;
    assert.deepEqual(folders({ action: 'addToFolder', options: { folder: 'g' } }), ['f', 'g']);
    assert.deepEqual(folders({ action: 'addToFolder', options: { folder: 'f' } }), ['f']);
    assert.deepEqual(folders({ action: 'moveToFolder', options: { folder: 'g', from: 'f' } }), ['g']);
    assert.deepEqual(folders({ action: 'toInbox' }), []);
    assert.deepEqual(changePost({ action: 'addTags', options: { tags: ['cats', 'dogs'] } }, one).tags, [
      'Cats',
      'dogs',
    ]);
    assert.deepEqual(changePost({ action: 'removeTags', options: { tags: ['CATS'] } }, one).tags, []);
    assert.equal(changePost({ action: 'unfavourite' }, one).favourite, false);
  });
});

describe('what belongs into a list', () => {
  const filed = post({ folderIds: ['f'], favourite: true });
  const inbox = post({ folderIds: [] });
  it('a folder has what is filed there, the inbox what is in none', () => {
    assert.deepEqual([passes(filed, { folder: 'f' }), passes(inbox, { folder: 'f' })], [true, false]);
    assert.deepEqual([passes(filed, { folder: 'inbox' }), passes(inbox, { folder: 'inbox' })], [false, true]);
    assert.deepEqual([passes(filed, { favourite: true }), passes(inbox, { favourite: true })], [true, false]);
  });
});

describe('finding a folder', () => {
  const folders = [
    { id: '1', name: 'Recipes', parentId: null },
    { id: '2', name: 'Sunday dinners', parentId: '1' },
    { id: '3', name: 'Été', parentId: null },
  ];
  const found = (text: string): string[] => findFolders(folders, text).map(({ folder }) => folder.id);
  it('by a part of its name, without regard to case and accents', () => {
    assert.deepEqual(found('DIN'), ['2']);
    assert.deepEqual(found('ete'), ['3']);
    assert.deepEqual(found(''), ['1', '2', '3']);
  });
  it('own names stand before ways', () => {
    assert.deepEqual(found('rec'), ['1', '2']);
  });
  it('marks what was typed', () => {
    const [hit] = findFolders(folders, 'sun');
    assert.equal(hit?.path.slice(hit.from, hit.to), 'Sun');
  });
});
