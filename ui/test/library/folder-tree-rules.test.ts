import { assert } from 'chai';
import {
  foldersIn,
  isIdleMove,
  layRows,
  moveIn,
  nudge,
  pathName,
  pathTo,
} from '../../src/library/folder-tree.rules.ts';
import type { FolderFacts, FolderMove, Nudge } from '../../src/library/folder-tree.rules.ts';

const folder = (id: string, parentId: string | null = null): FolderFacts => ({ id, name: id.toUpperCase(), parentId });
/** a(b(c), d), e */
const FOLDERS = [folder('a'), folder('b', 'a'), folder('c', 'b'), folder('d', 'a'), folder('e')];
const ids = (folders: readonly FolderFacts[]): string => folders.map(({ id }) => id).join('');

describe('folder tree', () => {
  it('rows follow the folder they lie in while it is open', () => {
    const rows = (open: string): string =>
      layRows(FOLDERS, (id) => open.includes(id))
        .map(({ folder: { id }, level }) => `${id}${level}`)
        .join(' ');
    assert.equal(rows(''), 'a1 e1');
    assert.equal(rows('a'), 'a1 b2 d2 e1');
    assert.equal(rows('ab'), 'a1 b2 c3 d2 e1');
    assert.equal(rows('b'), 'a1 e1');
  });

  it('a folder whose parent is not seen stands at the top', () => {
    assert.equal(ids(foldersIn([folder('x', 'elsewhere'), folder('y', 'x')], null)), 'x');
  });

  it('the way to a folder begins at the top', () => {
    assert.equal(ids(pathTo(FOLDERS, 'c')), 'abc');
    assert.equal(ids(pathTo(FOLDERS, 'none')), '');
    assert.equal(pathName(FOLDERS, 'c'), 'A / B / C');
  });

  it('folders that lie in each other are no endless way', () => {
    assert.equal(ids(pathTo([folder('x', 'y'), folder('y', 'x')], 'x')), 'yx');
  });

  const idle: readonly (readonly [string, FolderMove, boolean])[] = [
    ['a', { parentId: 'c' }, true],
    ['a', { parentId: 'a' }, true],
    ['b', { parentId: 'a', beforeId: 'd' }, true],
    ['b', { parentId: 'a', beforeId: 'b' }, true],
    ['b', { parentId: 'a' }, false],
    ['d', { parentId: 'a' }, true],
    ['c', { parentId: null }, false],
    ['gone', { parentId: null }, true],
  ];
  for (const [id, move, expected] of idle) {
    it(`${id} to ${JSON.stringify(move)} changes ${expected ? 'nothing' : 'something'}`, () => {
      assert.equal(isIdleMove(FOLDERS, id, move), expected);
    });
  }

  it('a move shows before the server has answered', () => {
    assert.equal(ids(foldersIn(moveIn(FOLDERS, 'e', { parentId: 'a', beforeId: 'd' }), 'a')), 'bed');
    assert.equal(ids(foldersIn(moveIn(FOLDERS, 'e', { parentId: 'a' }), 'a')), 'bde');
    assert.equal(ids(moveIn(FOLDERS, 'gone', { parentId: 'a' })), ids(FOLDERS));
  });

  const nudges: readonly (readonly [string, Nudge, FolderMove | undefined])[] = [
    ['d', 'up', { parentId: 'a', beforeId: 'b' }],
    ['b', 'up', undefined],
    ['b', 'down', { parentId: 'a' }],
    ['d', 'down', undefined],
    ['d', 'in', { parentId: 'b' }],
    ['b', 'in', undefined],
    ['d', 'out', { parentId: null, beforeId: 'e' }],
    ['c', 'out', { parentId: 'a', beforeId: 'd' }],
    ['a', 'out', undefined],
  ];
  for (const [id, way, move] of nudges) {
    it(`${id} goes ${way}: ${JSON.stringify(move)}`, () => {
      assert.deepEqual(nudge(FOLDERS, id, way), move);
    });
  }
});
