import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { promisify } from 'node:util';
import { buildTestApp, makeDataDir } from '../../helpers/build-test-app.ts';
import { admit } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { assertProblem } from '../../helpers/problem.ts';
import { pictureOf } from '../../helpers/samples.ts';

const run = promisify(execFile);
const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const folder = await app.library.folders.create(ann.id, 'Sea');
const [sea, hill] = [await pictureOf(1), await pictureOf(2)];
const single = await admit(app, ann.id, 'tiktok:1', [sea]);
const several = await admit(app, ann.id, 'tiktok:2', [sea, hill]);
const { user } = single.link;
await app.library.folders.filing.add({ user, links: [several.link._id] }, folder._id);

/** Names and bytes of an archive, unpacked by another program. */
async function unpacked(query: string): Promise<Record<string, Buffer>> {
  const answer = await ann.inject({ url: `/api/library/export?${query}` });
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 200));
  assert.equal(answer.headers['content-type'], 'application/zip');
  const path = join(await makeDataDir({ after }), 'export.zip');
  await writeFile(path, answer.rawPayload);
  const script =
    'import sys,zipfile,json;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(json.dumps({i.filename:z.read(i).hex() for i in z.infolist()}))';
  const { stdout } = await run('python3', ['-c', script, path], { maxBuffer: 64 * 1024 * 1024 });
  const names = JSON.parse(stdout) as Record<string, string>;
  return Object.fromEntries(Object.entries(names).map(([name, hex]) => [name, Buffer.from(hex, 'hex')]));
}

test('a folder comes as a zip of its files with what is known of each post', async () => {
  const { 'library.json': json, ...files } = await unpacked(`folder=${String(folder._id)}`);
  assert.deepEqual(files, { 'tiktok-2-01.jpg': sea.bytes, 'tiktok-2-02.jpg': hill.bytes });
  const posts = JSON.parse(json?.toString() ?? '') as { key: string; files: string[]; caption: string }[];
  assert.deepEqual(
    posts.map(({ key, files: names, caption }) => [key, names, caption]),
    [['tiktok:2', ['tiktok-2-01.jpg', 'tiktok-2-02.jpg'], 'Caption of 2']],
  );
});

test('some posts are chosen by their ids, or by what a list shows', async () => {
  const ids = await unpacked(`ids=${String(single.link._id)}`);
  assert.deepEqual(Object.keys(ids), ['tiktok-1.jpg', 'library.json']);
  assert.equal(Object.keys(await unpacked('q=caption')).length, 4);
  assert.deepEqual(Object.keys(await unpacked('q=nothing')), ['library.json']);
});

test('nobody exports what is not theirs', async () => {
  const foreign = [`folder=${String(folder._id)}`, `ids=${String(single.link._id)}`];
  for (const query of foreign)
    assertProblem(await ben.inject({ url: `/api/library/export?${query}` }), 404, 'MF_ERR_UNKNOWN');
  const many = Array.from({ length: 201 }, () => String(single.link._id)).join(',');
  assertProblem(await ann.inject({ url: `/api/library/export?ids=${many}` }), 400, 'MF_ERR_VALIDATION');
});
