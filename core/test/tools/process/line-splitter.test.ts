import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLineSplitter } from '../../../src/tools/process/line-splitter.ts';
import type { Line } from '../../../src/tools/process/line-splitter.ts';

function split(chunks: readonly string[], maxBytes?: number): readonly Line[] {
  const lines: Line[] = [];
  const splitter = createLineSplitter((line) => lines.push(line), maxBytes);
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['splits at line feeds', ['a\nb\n'], ['a', 'b']],
  ['splits at carriage returns', ['10%\r20%\r\ndone\n'], ['10%', '20%', 'done']],
  ['joins a line from several chunks', ['he', 'll', 'o\nworld'], ['hello', 'world']],
  ['hands over a last line without a break', ['tail'], ['tail']],
  ['leaves out empty lines', ['\n\n\na\n'], ['a']],
  ['keeps a break between chunks', ['a\n', '\n', 'b'], ['a', 'b']],
];

describe('line splitter', () => {
  for (const [title, chunks, expected] of cases) {
    it(title, () =>
      assert.deepEqual(
        split(chunks).map(({ text }) => text),
        expected,
      ),
    );
  }

  it('keeps characters whole that two chunks share', () => {
    const bytes = Buffer.from('é東\n');
    const lines: string[] = [];
    const splitter = createLineSplitter(({ text }) => lines.push(text));
    for (const byte of bytes) splitter.push(Buffer.from([byte]));
    assert.deepEqual(lines, ['é東']);
  });

  it('cuts a line at the cap and goes on with the next', () => {
    assert.deepEqual(split(['xxxxxxxx', 'xxxxxxxx\nshort\n'], 10), [
      { text: 'xxxxxxxxxx', cut: true },
      { text: 'short', cut: false },
    ]);
  });

  it('cuts a long line that lies in one chunk', () => {
    assert.deepEqual(split(['abcdef\n'], 4), [{ text: 'abcd', cut: true }]);
  });
});
