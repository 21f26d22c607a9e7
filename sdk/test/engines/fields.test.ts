import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  compact,
  findHashtags,
  formatDate,
  formatSeconds,
  kindOfFile,
  placeFiles,
  readNumber,
  readSelection,
  readText,
} from '../../src/index.ts';

it('hashtags come once, as written, and a number alone is none', () => {
  assert.deepEqual(findHashtags('#Fun #été,#日本語 #fun #2024 #a_1 a#b https://example.org/#c', '#Fun'), [
    'Fun',
    'été',
    '日本語',
    'fun',
    'a_1',
  ]);
  assert.equal(findHashtags('none', undefined), undefined);
});

it('times of tools become ISO 8601', () => {
  assert.equal(formatSeconds(1_700_000_000), '2023-11-14T22:13:20.000Z');
  assert.equal(formatSeconds(undefined), undefined);
  assert.equal(formatSeconds(1e300), undefined);
  assert.equal(formatDate('2023-11-14 22:13:20'), '2023-11-14T22:13:20.000Z');
  assert.equal(formatDate('20231114'), '2023-11-14T00:00:00.000Z');
  assert.equal(formatDate('20239914'), undefined);
  assert.equal(formatDate('soon'), undefined);
});

it('the first field that holds something is read', () => {
  const document = { a: ' ', b: 0, c: '12.5', d: 'x', e: 7 };
  assert.equal(readText(document, 'a', 'd'), 'x');
  assert.equal(readText(document, 'e'), '7');
  assert.equal(readText(document, 'z'), undefined);
  assert.equal(readNumber(document, 'b', 'c'), 12.5);
  assert.equal(readNumber(document, 'd'), undefined);
});

it('a number that JSON could not keep exact is no id', () => {
  assert.equal(readText({ id: 1_700_000_000_000_000_001 }, 'id'), undefined);
});

it('what holds nothing is left out', () => assert.deepEqual(compact({ a: 1, b: undefined }), { a: 1 }));

it('the kind of a file follows from its extension', () => {
  assert.equal(kindOfFile('/a/b.JPG'), 'image');
  assert.equal(kindOfFile('/a/b.webm'), 'video');
  assert.equal(kindOfFile('/a/b.m4a'), 'audio');
  assert.equal(kindOfFile('/a/b.vtt'), undefined);
  assert.equal(kindOfFile('/a/b'), undefined);
});

const FILES = [
  { kind: 'audio', path: '/s.mp3' },
  { kind: 'image', path: '/1.jpg' },
  { kind: 'video', path: '/2.mp4' },
] as const;
const PLACES: readonly (readonly [options: Readonly<Record<string, unknown>>, paths: readonly string[]])[] = [
  [{}, ['/1.jpg', '/2.mp4', '/s.mp3']],
  [{ withSound: false }, ['/1.jpg', '/2.mp4']],
  [{ audioOnly: true }, ['/2.mp4', '/s.mp3']],
];
for (const [options, paths] of PLACES) {
  it(`sound is last, and ${JSON.stringify(options)} gives ${String(paths.length)} items`, () => {
    const placed = placeFiles(FILES, 'lab', readSelection(options));
    assert.deepEqual(
      placed.map(({ path }) => path),
      paths,
    );
    assert.deepEqual(
      placed.map(({ index }) => index),
      [...paths.keys()],
    );
  });
}

it('a post of sound alone keeps it', () => {
  assert.equal(placeFiles(FILES.slice(0, 1), 'lab', readSelection({ withSound: false })).length, 1);
});

it('sound of a post of pictures alone is not there', () => {
  assert.throws(() => placeFiles(FILES.slice(1, 2), 'lab', readSelection({ audioOnly: true })), {
    code: 'MF_ERR_NO_MEDIA',
    message: /no sound/,
  });
});
