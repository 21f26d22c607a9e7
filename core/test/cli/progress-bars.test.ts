import assert from 'node:assert/strict';
import test from 'node:test';
import { ProgressBars, barOf, endOf } from '../../src/cli/progress-bars.ts';

const job = {
  id: '1',
  url: 'https://a.example/1',
  status: 'running',
  stage: 'fetch',
  progress: 50,
  speed: 1_500_000,
  filename: null,
  errorCode: null,
  errorMessage: null,
  heldReason: null,
} as const;

for (const [what, line, expected] of [
  ['under way', barOf(job), '[############------------]   50 %  fetch  1.5 MB/s  https://a.example/1'],
  [
    'waiting',
    barOf({ ...job, status: 'queued', stage: null, progress: 0, speed: null }),
    '[------------------------]    0 %  queued  https://a.example/1',
  ],
  ['stored', endOf({ ...job, status: 'completed', filename: 'a.mp4' }), '✓ https://a.example/1  a.mp4'],
  [
    'failed',
    endOf({ ...job, status: 'failed', errorCode: 'MF_ERR_PRIVATE', errorMessage: 'It is private.' }),
    '✗ https://a.example/1  MF_ERR_PRIVATE It is private.',
  ],
] as const) {
  test(`a download that is ${what} has its line`, () => assert.equal(line, expected));
}

test('a terminal has its bars drawn anew, and ended downloads above them; a file has the ends only', () => {
  const [terminal, file] = [{ text: '', isTTY: true }, { text: '' }].map((screen) => ({
    ...screen,
    write(chunk: string) {
      this.text += chunk;
    },
  }));
  for (const screen of [terminal, file]) {
    assert.ok(screen);
    const bars = new ProgressBars(screen, true);
    bars.show([job, { ...job, id: '2' }]);
    bars.show([job, { ...job, id: '2', status: 'completed' }]);
    bars.show([
      { ...job, status: 'completed' },
      { ...job, id: '2', status: 'completed' },
    ]);
  }
  assert.equal(file?.text, '✓ https://a.example/1\n✓ https://a.example/1\n');
  const bar = `${barOf(job)}\n`;
  const up = (lines: number): string => `\u001b[${lines}A\u001b[0J`;
  const end = '✓ https://a.example/1\n';
  assert.equal(terminal?.text, `${bar}${bar}${up(2)}${end}${bar}${up(1)}${end}`);
});
