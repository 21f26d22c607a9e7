import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { listenTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { recordOf, submit } from '../../helpers/downloads.ts';
import { FakeWorker } from '../../helpers/fake-worker.ts';
import { admit } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { makeVideo, pictureOf } from '../../helpers/samples.ts';

const { app, origin } = await listenTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const folder = await makeDataDir({ after });
const video = await makeVideo(folder);
const { post, link } = await admit(app, ann.id, 'tiktok:1', [video]);
const mediaId = String(post.items[0]?.media);
const url = `/api/media/${mediaId}/file`;
const etag = `"${video.sha256}"`;
const size = video.bytes.length;

test('a whole file comes with its length, type, name of its hash and a cage', async () => {
  const { statusCode, headers, rawPayload } = await ann.inject({ url });
  assert.equal(statusCode, 200);
  assert.deepEqual(rawPayload, video.bytes);
  assert.deepEqual(
    [
      'etag',
      'content-length',
      'content-type',
      'accept-ranges',
      'x-content-type-options',
      'content-security-policy',
      'cache-control',
    ].map((name) => headers[name]),
    [etag, String(size), 'video/mp4', 'bytes', 'nosniff', 'sandbox', 'private, max-age=31536000, immutable'],
  );
  assert.equal(headers['content-disposition'], 'inline; filename="tiktok-1.mp4"');
  const saved = await ann.inject({ url: `${url}?download=1` });
  assert.equal(saved.headers['content-disposition'], 'attachment; filename="tiktok-1.mp4"');
});

for (const [what, headers, status, range] of [
  ['the first bytes', { range: 'bytes=0-99' }, 206, [0, 99]],
  ['the last bytes', { range: 'bytes=-10' }, 206, [size - 10, size - 1]],
  ['all from a place on', { range: 'bytes=50-' }, 206, [50, size - 1]],
  ['a range when the file is the same', { range: 'bytes=0-9', 'if-range': etag }, 206, [0, 9]],
  ['a range of another file', { range: 'bytes=0-9', 'if-range': '"other"' }, 200, [0, size - 1]],
  ['a range since a date', { range: 'bytes=0-9', 'if-range': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 200, [0, size - 1]],
  ['two ranges that nearly touch', { range: 'bytes=0-1,5-6' }, 206, [0, 6]],
  ['more ranges than a player needs', { range: `bytes=${'0-1,'.repeat(17)}` }, 200, [0, size - 1]],
] as const) {
  test(`who asks for ${what} gets ${status}`, async () => {
    const answer = await ann.inject({ url, headers });
    const [start, end] = range;
    assert.equal(answer.statusCode, status);
    assert.equal(answer.headers['content-range'], status === 206 ? `bytes ${start}-${end}/${size}` : undefined);
    assert.deepEqual(answer.rawPayload, video.bytes.subarray(start, end + 1));
  });
}

test('several ranges come as parts in their order, each with its place', async () => {
  const ranges = [
    [size - 10, size - 1],
    [0, 99],
  ] as const;
  const header = `bytes=${ranges.map((range) => range.join('-')).join(',')}`;
  const { statusCode, headers, rawPayload } = await ann.inject({ url, headers: { range: header, 'if-range': etag } });
  assert.deepEqual([statusCode, headers['content-range']], [206, undefined]);
  const [, boundary = ''] = /^multipart\/byteranges; boundary=([\w-]{1,70})$/.exec(headers['content-type'] ?? '') ?? [];
  assert.equal(headers['content-length'], String(rawPayload.length));
  const parts = ranges.flatMap(([start, end]) => [
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: video/mp4\r\nContent-Range: bytes ${start}-${end}/${size}\r\n\r\n`),
    video.bytes.subarray(start, end + 1),
  ]);
  assert.deepEqual(rawPayload, Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]));
});

test('a range behind the end is 416, with the size and nothing to keep', async () => {
  const answer = await ann.inject({ url, headers: { range: `bytes=${size}-` } });
  assertProblem(answer, 416, 'MF_ERR_RANGE');
  assert.equal(answer.headers['content-range'], `bytes */${size}`);
  assert.deepEqual([answer.headers['cache-control'], answer.headers.etag], [undefined, undefined]);
});

test('who has the file already gets 304', async () => {
  for (const condition of [etag, `W/"x", ${etag}`]) {
    const answer = await ann.inject({ url, headers: { 'if-none-match': condition } });
    assert.deepEqual([answer.statusCode, answer.body], [304, '']);
  }
});

test('HEAD tells the length and sends nothing, also of a range', async () => {
  for (const [headers, status, length] of [
    [{}, 200, size],
    [{ range: 'bytes=0-9' }, 206, 10],
  ] as const) {
    const answer = await fetch(`${origin}${url}`, { method: 'HEAD', headers: { ...ann.headers, ...headers } });
    assert.deepEqual([answer.status, answer.headers.get('content-length')], [status, String(length)]);
  }
});

test('a thumbnail comes in the width that is there', async () => {
  for (const width of [1, 24, 4096]) {
    const answer = await ann.inject({ url: `/api/media/${mediaId}/thumbnail?size=${width}` });
    assert.deepEqual([answer.statusCode, answer.headers['content-type']], [200, 'image/webp']);
    const known = { 'if-none-match': String(answer.headers.etag) };
    assert.equal((await ann.inject({ url: `/api/media/${mediaId}/thumbnail`, headers: known })).statusCode, 304);
  }
});

test("nobody sees, streams or counts what is somebody else's", async () => {
  const worker = await FakeWorker.connect({ after }, app);
  const jobId = await submit(ann);
  await worker.complete([await pictureOf(5)]);
  await worker.close();
  for (const path of [
    url,
    `/api/media/${mediaId}/thumbnail`,
    `/api/files/${jobId}`,
    `/api/files/${jobId}/download`,
    `/api/downloads/${jobId}`,
  ]) {
    assert.equal((await ann.inject({ url: path })).statusCode, 200, path);
    assertProblem(await ben.inject({ url: path }), 404, 'MF_ERR_UNKNOWN');
  }
  assertProblem(await ben.inject({ method: 'DELETE', url: `/api/library/${String(link._id)}` }), 404, 'MF_ERR_UNKNOWN');
  const query = `{ libraryPost(id: "${String(link._id)}") { id } libraryCount { value } library { items { id } } }`;
  assert.deepEqual((await ben.graphql(query)).data, {
    libraryPost: null,
    libraryCount: { value: 0 },
    library: { items: [] },
  });
  assert.deepEqual((await ben.inject({ url: '/api/library' })).json(), { items: [], nextCursor: null });
  assert.deepEqual((await ben.inject({ url: '/api/downloads' })).json(), { items: [], nextCursor: null });
});

test('several files come as a zip, one by its number, and what is not there as 404', async (t) => {
  const worker = await FakeWorker.connect(t, app);
  const jobId = await submit(ann);
  const [one, two] = [await pictureOf(11), await pictureOf(12)];
  await worker.complete([one, two]);
  const { files } = (await ann.inject({ url: `/api/files/${jobId}` })).json<{
    files: { sha256: string; filename: string }[];
  }>();
  assert.deepEqual(
    files.map(({ sha256 }) => sha256),
    [one.sha256, two.sha256],
  );
  assert.match(files[1]?.filename ?? '', /^tiktok-\d+-02\.jpg$/);
  const zip = await ann.inject({ url: `/api/files/${jobId}/download` });
  const path = join(folder, 'post.zip');
  await writeFile(path, zip.rawPayload);
  assert.deepEqual(
    execFileSync('python3', [
      '-c',
      'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; sys.stdout.buffer.write(z.read(z.namelist()[1]))',
      path,
    ]),
    two.bytes,
  );
  assert.deepEqual((await ann.inject({ url: `/api/files/${jobId}/download?index=1` })).rawPayload, two.bytes);
  assertProblem(await ann.inject({ url: `/api/files/${jobId}/download?index=2` }), 404, 'MF_ERR_UNKNOWN');
  await unlink(join(app.system.mediaRoot.final, `${two.sha256}.jpg`));
  for (const wanted of ['', '?index=1'])
    assertProblem(await ann.inject({ url: `/api/files/${jobId}/download${wanted}` }), 404, 'MF_ERR_UNKNOWN');
  assert.equal((await recordOf(app, jobId)).status, 'completed');
});

test('a file that is gone from the disk is 404, and so is its thumbnail', async () => {
  const lost = await pictureOf(21);
  const admitted = await admit(app, ann.id, 'tiktok:21', [lost]);
  await unlink(join(app.system.mediaRoot.final, `${lost.sha256}.jpg`));
  await unlink(join(app.system.mediaRoot.thumbs, `${lost.sha256}-24.webp`));
  const id = String(admitted.post.items[0]?.media);
  for (const path of [`/api/media/${id}/file`, `/api/media/${id}/thumbnail`])
    assertProblem(await ann.inject({ url: path }), 404, 'MF_ERR_UNKNOWN');
});
