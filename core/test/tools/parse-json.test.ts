import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseGalleryDlLine } from '../../src/tools/gallery-dl/parse-line.ts';
import { parseExactJson } from '../../src/tools/parse-json.ts';
import { parseYtDlpLine } from '../../src/tools/yt-dlp/parse-line.ts';

const cases: readonly (readonly [text: string, value: unknown])[] = [
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['1789012345678901234', '1789012345678901234'],
  ['{"a":[{"id":12345678901234567890}],"b":1}', { a: [{ id: '12345678901234567890' }], b: 1 }],
  ['"1789012345678901234"', '1789012345678901234'],
  ['1789012345678901.5', 1789012345678901.5],
  ['1e300', 1e300],
  ['{"text":"id 1789012345678901234 {\\"id\\":1}"}', { text: 'id 1789012345678901234 {"id":1}' }],
];
for (const [text, value] of cases) it(`${text} keeps its digits`, () => assert.deepEqual(parseExactJson(text), value));

it('a line of either tool keeps the digits of its ids', () => {
  const line = '{"tweet_id": 1789012345678901237, "author": {"id": 1789012345678901239}}';
  const facts = { tweet_id: '1789012345678901237', author: { id: '1789012345678901239' } };
  assert.deepEqual(parseGalleryDlLine(line), { kind: 'item', metadata: facts });
  assert.deepEqual(parseYtDlpLine(line), { kind: 'info', info: facts });
});

it('what is no JSON is refused as ever', () => {
  assert.throws(() => parseExactJson('{"id": 1789012345678901234'), SyntaxError);
  assert.equal(parseGalleryDlLine('{"id": 1789012345678901234').kind, 'other');
});
