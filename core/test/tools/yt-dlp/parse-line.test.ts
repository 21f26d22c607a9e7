import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseYtDlpLine } from '../../../src/tools/yt-dlp/parse-line.ts';
import type { YtDlpLine } from '../../../src/tools/yt-dlp/parse-line.ts';

const cases: readonly (readonly [string, string, YtDlpLine])[] = [
  ['an info document', '{"id": "a", "title": "T"}', { kind: 'info', info: { id: 'a', title: 'T' } }],
  [
    'a download with a known length',
    'PROG {"status": "downloading", "downloaded_bytes": 5, "total_bytes": 10, "speed": 2.5, "eta": 2, "filename": "/s/a.mp4"}',
    {
      kind: 'progress',
      progress: { finished: false, filename: '/s/a.mp4', downloadedBytes: 5, totalBytes: 10, speed: 2.5, eta: 2 },
    },
  ],
  [
    'fragments',
    'PROG {"status": "downloading", "total_bytes_estimate": 99.5, "fragment_index": 1, "fragment_count": 4, "speed": null}',
    { kind: 'progress', progress: { finished: false, estimatedBytes: 99.5, fragmentIndex: 1, fragmentCount: 4 } },
  ],
  ['a whole file', 'PROG {"status": "finished"}', { kind: 'progress', progress: { finished: true } }],
  [
    'a final file',
    'FINAL {"id": "a", "ext": "mp4", "filepath": "/s/a.mp4"}',
    { kind: 'final', id: 'a', path: '/s/a.mp4' },
  ],
  ['a final file with a relative path', 'FINAL {"id": "a", "filepath": "a.mp4"}', { kind: 'other' }],
  ['a progress line that was cut', 'PROG {"status": "downl', { kind: 'other' }],
  ['an info document that was cut', '{"id": "a", "formats": [', { kind: 'other' }],
  ['null, for a failed entry', 'null', { kind: 'other' }],
  ['a list', '[1, 2]', { kind: 'other' }],
  ['an unknown status', 'PROG {"status": "error"}', { kind: 'other' }],
  ['a negative number', 'PROG {"status": "finished", "eta": -1}', { kind: 'progress', progress: { finished: true } }],
];

describe('a line of yt-dlp', () => {
  for (const [title, line, expected] of cases) it(title, () => assert.deepEqual(parseYtDlpLine(line), expected));

  it('reads every recorded line of progress', () => {
    const recorded = new URL('../fixtures/recorded/ytdlp-shorts-video.txt', import.meta.url);
    const lines = readFileSync(recorded, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('PROG '));
    assert.ok(lines.length > 4);
    assert.ok(lines.every((line) => parseYtDlpLine(line).kind === 'progress'));
  });
});
