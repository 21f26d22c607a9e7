import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FetchedFile } from '../../src/engines/index.ts';
import { parseItems, placeFiles, readSelection } from '../../src/engines/index.ts';
import { isPluginError } from '../../src/index.ts';

const POST: readonly FetchedFile[] = [
  { kind: 'image', path: '1.jpg' },
  { kind: 'video', path: '2.mp4' },
  { kind: 'audio', path: 'sound.m4a' },
  { kind: 'image', path: '3.jpg' },
];

for (const [options, paths] of [
  [{}, ['1.jpg', '2.mp4', '3.jpg', 'sound.m4a']],
  [{ withSound: false }, ['1.jpg', '2.mp4', '3.jpg']],
  [{ items: '2' }, ['2.mp4', 'sound.m4a']],
  [{ items: '3,1', withSound: false }, ['1.jpg', '3.jpg']],
  [{ items: '2-9', withSound: false }, ['2.mp4', '3.jpg']],
  [{ audioOnly: true }, ['2.mp4', 'sound.m4a']],
] as const) {
  test(`${JSON.stringify(options)} leaves ${paths.join(', ')}`, () => {
    const placed = placeFiles(POST, 'engine', readSelection(options));
    assert.deepEqual(
      placed.map(({ index, path }) => [index, path]),
      paths.map((path, index) => [index, path]),
    );
  });
}

test('items that the post does not have are no media, with a sentence that says so', () => {
  const asked = readSelection({ items: '7', withSound: false });
  assert.throws(
    () => placeFiles(POST, 'engine', asked),
    (error) => isPluginError(error) && error.code === 'MF_ERR_NO_MEDIA' && /has 3 items/.test(error.message),
  );
});

test('what is no list of items means all', () => {
  for (const text of [undefined, 3, '', 'all', '1,', '1--2', '12345', '1;2']) assert.equal(parseItems(text), undefined);
});
