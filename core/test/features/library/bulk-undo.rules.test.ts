import assert from 'node:assert/strict';
import test from 'node:test';
import { Types } from 'mongoose';
import { canBeUndone, undoOf } from '../../../src/features/library/bulk/bulk-undo.rules.ts';
import type { UndoPart } from '../../../src/features/library/bulk/bulk-model.ts';
import { BULK_ACTIONS } from '../../../src/features/library/bulk/bulk-model.ts';
import type { BulkAction, BulkOptions } from '../../../src/features/library/bulk/bulk-model.ts';

const [f, g, h] = ['f', 'a', 'b'].map((digit) => digit.repeat(24)) as [string, string, string];
const [one, two] = ['1', '2'].map((digit) => digit.repeat(24)) as [string, string];
const folders = (...ids: string[]): Types.ObjectId[] => ids.map((id) => new Types.ObjectId(id));
const links = [
  {
    _id: new Types.ObjectId(one),
    folders: folders(f, h),
    tags: ['Cats'],
    favourite: true as const,
    state: 'active' as const,
  },
  { _id: new Types.ObjectId(two), folders: [], tags: [], state: 'trashed' as const },
];

const CASES: readonly (readonly [BulkAction, BulkOptions, readonly UndoPart[]])[] = [
  ['addToFolder', { folder: f }, [{ action: 'removeFromFolder', options: { folder: f }, ids: [two] }]],
  ['removeFromFolder', { folder: f }, [{ action: 'addToFolder', options: { folder: f }, ids: [one] }]],
  [
    'moveToFolder',
    { folder: g, from: f },
    [
      { action: 'addToFolder', options: { folder: f }, ids: [one] },
      { action: 'removeFromFolder', options: { folder: g }, ids: [one, two] },
    ],
  ],
  ['moveToFolder', { folder: g }, [{ action: 'removeFromFolder', options: { folder: g }, ids: [one, two] }]],
  ['moveToFolder', { folder: f, from: f }, [{ action: 'removeFromFolder', options: { folder: f }, ids: [two] }]],
  [
    'toInbox',
    {},
    [
      { action: 'addToFolder', options: { folder: f }, ids: [one] },
      { action: 'addToFolder', options: { folder: h }, ids: [one] },
    ],
  ],
  ['favourite', {}, [{ action: 'unfavourite', options: {}, ids: [two] }]],
  ['unfavourite', {}, [{ action: 'favourite', options: {}, ids: [one] }]],
  [
    'addTags',
    { tags: ['cats', 'new'] },
    [
      { action: 'removeTags', options: { tags: ['cats'] }, ids: [two] },
      { action: 'removeTags', options: { tags: ['new'] }, ids: [one, two] },
    ],
  ],
  ['removeTags', { tags: ['CATS', 'none'] }, [{ action: 'addTags', options: { tags: ['Cats'] }, ids: [one] }]],
  ['trash', {}, [{ action: 'restore', options: {}, ids: [one] }]],
  ['restore', {}, [{ action: 'trash', options: {}, ids: [two] }]],
  ['remove', {}, []],
  ['renameTag', { tags: ['cats'], to: 'dogs' }, []],
];
for (const [action, options, undo] of CASES) {
  test(`${action} ${JSON.stringify(options)} is taken back for those that it changes`, () => {
    assert.deepEqual(undoOf(action, options, links), undo);
  });
}

test('a tag comes back to each link as that one spelt it', () => {
  const spelt = links.map((link, index) => ({ ...link, tags: [index === 0 ? 'Sea' : 'SEA', 'other'] }));
  assert.deepEqual(undoOf('removeTags', { tags: ['sea'] }, spelt), [
    { action: 'addTags', options: { tags: ['Sea'] }, ids: [one] },
    { action: 'addTags', options: { tags: ['SEA'] }, ids: [two] },
  ]);
});

test('what says that it can be taken back leaves a way back', () => {
  for (const action of BULK_ACTIONS) {
    const cases = CASES.filter(([known]) => known === action);
    assert.ok(cases.length > 0, `${action} has no case`);
    for (const [, , undo] of cases) assert.equal(undo.length > 0, canBeUndone(action), action);
  }
});
