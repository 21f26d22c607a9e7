import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MAX_MESSAGE_LENGTH, formatMessage, parseServerMessage, parseWorkerMessage } from '../../src/channel/codec.ts';
import type { ServerMessage, StagedItem, WorkerMessage } from '../../src/channel/messages.ts';

const job = { jobId: '0123456789abcdef01234567', attempt: 1 };
const link = {
  connector: 'x-twmd',
  platform: 'x',
  kind: 'post',
  key: 'x:1',
  certain: true,
  url: 'https://x.com/i/status/1',
} as const;
const assign: ServerMessage = {
  type: 'assign',
  ...job,
  link,
  options: { audioOnly: true },
  settings: {},
  connector: { id: 'x-twmd', package: '@mediafetcher/plugin-x-twmd' },
  processors: [],
  leaseMs: 30_000,
  maxFileBytes: 1,
};
const item: StagedItem = {
  index: 0,
  kind: 'image',
  path: 'a.jpg',
  sha256: 'a'.repeat(64),
  size: 1,
  thumbnails: [],
  engine: 'gallery-dl',
} as const;
const result = {
  key: 'x:1',
  url: 'https://x.com/i/status/1',
  post: { postId: '1' },
  items: [item],
  usedCookies: false,
};

const fromServer: ServerMessage[] = [
  assign,
  { ...assign, cookies: '# Netscape HTTP Cookie File', proxy: 'http://127.0.0.1:1' },
  { type: 'cancel', ...job, drop: true },
  { type: 'pause', ...job },
  { type: 'continue', ...job },
  { type: 'ack', ...job },
  { type: 'make-thumbnails', ...job, sha256: 'a'.repeat(64), ext: 'mp4', kind: 'video' },
];
const fromWorker: WorkerMessage[] = [
  { type: 'hello', workerId: 'w', version: '1', slots: 3, plugins: ['x-twmd'], running: [job] },
  { type: 'accepted', ...job },
  { type: 'heartbeat', running: [] },
  {
    type: 'progress',
    ...job,
    stage: 'fetch',
    progress: 12.5,
    speed: 1,
    eta: 2,
    totalBytes: 3,
    filename: 'a',
    indeterminate: true,
  },
  {
    type: 'resolved',
    ...job,
    key: 'x:1',
    url: 'https://x.com/i/status/1',
    post: { postId: '1', author: { handle: 'a' } },
  },
  { type: 'staged', ...job, result },
  { type: 'paused', ...job },
  { type: 'failed', ...job, errorCode: 'MF_ERR_TIMEOUT', message: 'Nothing moved.', requeue: true },
  { type: 'thumbnails', ...job, thumbnails: [{ width: 240, path: '.thumbs/0-240.webp' }], thumbhash: 'AA==' },
  { type: 'thumbnails', ...job, thumbnails: [], problem: 'The file is cut.' },
];

describe('messages of the channel', () => {
  for (const message of fromServer) {
    it(`the server's ${message.type} is read as it was written`, () => {
      assert.deepEqual(parseServerMessage(formatMessage(message)), { message });
    });
  }
  for (const message of fromWorker) {
    it(`the worker's ${message.type} is read as it was written`, () => {
      assert.deepEqual(parseWorkerMessage(formatMessage(message)), { message });
    });
  }

  const refusedFromWorker: [why: string, value: unknown][] = [
    ['a progress above 100', { type: 'progress', ...job, stage: 'fetch', progress: 100.1 }],
    ['a progress below 0', { type: 'progress', ...job, stage: 'fetch', progress: -1 }],
    ['a progress that is no number', { type: 'progress', ...job, stage: 'fetch', progress: null }],
    ['an unknown stage', { type: 'progress', ...job, stage: 'sleep', progress: 1 }],
    ['a job id that is a path', { type: 'paused', jobId: '../../../../etc/passwd/aaaa', attempt: 1 }],
    ['an attempt that is a text', { type: 'paused', ...job, attempt: '1' }],
    ['attempt 0', { type: 'paused', ...job, attempt: 0 }],
    ['a result without items', { type: 'staged', ...job, result: { ...result, items: [] } }],
    [
      'a hash that is none',
      { type: 'staged', ...job, result: { ...result, items: [{ ...item, sha256: 'A'.repeat(64) }] } },
    ],
    ['an empty file', { type: 'staged', ...job, result: { ...result, items: [{ ...item, size: 0 }] } }],
    ['an unknown failure code', { type: 'failed', ...job, errorCode: 'MF_ERR_BAD_DAY', message: '' }],
    ['a message of the server', { type: 'ack', ...job }],
    ['a type from the prototype', { type: 'constructor', ...job }],
    ['a list', []],
    ['nothing', null],
  ];
  for (const [why, value] of refusedFromWorker) {
    it(`${why} is refused`, () => assert.ok('problem' in parseWorkerMessage(JSON.stringify(value))));
  }

  it('what is not JSON is refused', () => assert.deepEqual(parseServerMessage('{'), { problem: 'not JSON' }));
  it('a message without end is refused before it is read', () => {
    assert.ok('problem' in parseServerMessage(`"${' '.repeat(MAX_MESSAGE_LENGTH)}"`));
  });
  it('a refusal names the place and not the value', () => {
    const parsed = parseServerMessage(JSON.stringify({ ...assign, cookies: ['secret'] }));
    assert.ok('problem' in parsed);
    assert.match(parsed.problem, /cookies/);
    assert.doesNotMatch(parsed.problem, /secret/);
  });
});
