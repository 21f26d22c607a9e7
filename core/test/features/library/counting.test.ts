import assert from 'node:assert/strict';
import { readFile, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, beforeEach } from 'node:test';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { admit, assertConsistent, linkModel, mediaModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { createRandom } from '../../helpers/random.ts';
import { pictureOf, resultOf, sampleOf, stage } from '../../helpers/samples.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const { final, thumbs, staging } = app.system.mediaRoot;
const sea = await pictureOf(1);
const hill = await pictureOf(2);

beforeEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  assert.deepEqual([await readdir(final), await readdir(thumbs)], [[], []]);
});

test('two posts of the same bytes share one file', async () => {
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await admit(app, ann.id, 'tiktok:2', [sea]);
  const media = await mediaModel(app).find().lean();
  assert.deepEqual(
    media.map(({ refCount }) => refCount),
    [2],
  );
  assert.deepEqual(await readFile(join(final, `${sea.sha256}.jpg`)), sea.bytes);
  await assertConsistent(app);
});

test('a post that holds the same bytes twice counts them once, and shows them twice', async () => {
  const { post, link } = await admit(app, ann.id, 'tiktok:1', [sea, hill, sea]);
  assert.deepEqual(
    post.items.map(({ sha256 }) => sha256),
    [sea.sha256, hill.sha256, sea.sha256],
  );
  assert.deepEqual(
    (await mediaModel(app).find().lean()).map(({ refCount }) => refCount),
    [1, 1],
  );
  assert.deepEqual(await app.library.impact(link._id.toString(), ann.id), {
    files: 2,
    bytes: sea.bytes.length + hill.bytes.length,
    keptFiles: 0,
  });
  await assertConsistent(app);
});

test('the file stays until its last post goes, then the thumbnails go too', async () => {
  const first = await admit(app, ann.id, 'tiktok:1', [sea]);
  const media = first.post.items[0]?.media;
  const second = await admit(app, ann.id, 'tiktok:2', [sea]);
  assert.deepEqual(await app.library.remove(first.link._id.toString(), ann.id), {
    linkId: first.link._id.toString(),
    deletedFiles: 0,
    freedBytes: 0,
    keptFiles: 1,
    files: [{ mediaId: String(media), sha256: sea.sha256, size: sea.bytes.length, deleted: false }],
  });
  await assertConsistent(app);
  assert.equal((await readdir(thumbs)).length, 1);
  const last = await app.library.remove(second.link._id.toString(), ann.id);
  assert.deepEqual([last.deletedFiles, last.freedBytes], [1, sea.bytes.length]);
  assert.deepEqual(last.files, [{ mediaId: String(media), sha256: sea.sha256, size: sea.bytes.length, deleted: true }]);
  assert.deepEqual([await readdir(final), await readdir(thumbs)], [[], []]);
  assert.equal(await mediaModel(app).countDocuments(), 0);
});

test("a second person's link keeps the post when the first removes theirs", async () => {
  const { post, link } = await admit(app, ann.id, 'tiktok:1', [sea]);
  const bens = await app.library.linkExisting(post, ben.id);
  const impact = await app.library.impact(link._id.toString(), ann.id);
  assert.deepEqual(impact, { files: 0, bytes: 0, keptFiles: 1 });
  await app.library.remove(link._id.toString(), ann.id);
  await assertConsistent(app);
  assert.equal((await readdir(final)).length, 1);
  await assert.rejects(app.library.remove(bens._id.toString(), ann.id), { code: 'MF_ERR_UNKNOWN' });
  await app.library.remove(bens._id.toString(), ben.id);
  await assertConsistent(app);
  assert.deepEqual(await readdir(final), []);
});

test('a link that is there already is not counted twice', async () => {
  const { post } = await admit(app, ann.id, 'tiktok:1', [sea]);
  await Promise.all([1, 2, 3].map(async () => app.library.linkExisting(post, ann.id)));
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await assertConsistent(app);
});

test('a later fetch with other items lets the old ones go', async () => {
  await admit(app, ann.id, 'tiktok:1', [sea, hill]);
  await admit(app, ann.id, 'tiktok:1', [hill]);
  await assertConsistent(app);
  assert.deepEqual(await readdir(final), [`${hill.sha256}.jpg`]);
});

test('a file that stands in the way of its own name is replaced', async () => {
  await writeFile(join(final, `${sea.sha256}.jpg`), 'half a file of a crash');
  await admit(app, ann.id, 'tiktok:1', [sea]);
  assert.deepEqual(await readFile(join(final, `${sea.sha256}.jpg`)), sea.bytes);
  await assertConsistent(app);
});

for (const [what, harm] of [
  ['missing', async (path: string) => unlink(path)],
  ['cut short', async (path: string) => writeFile(path, sea.bytes.subarray(0, 10))],
] as const) {
  test(`a file that is ${what} on the disk is repaired by the next fetch of its bytes`, async () => {
    await admit(app, ann.id, 'tiktok:1', [sea]);
    await harm(join(final, `${sea.sha256}.jpg`));
    await admit(app, ben.id, 'tiktok:2', [sea]);
    assert.deepEqual(await readFile(join(final, `${sea.sha256}.jpg`)), sea.bytes);
    await assertConsistent(app);
  });
}

test('of a post with one file that is refused nothing gets in', async () => {
  const directory = join(staging, 'one-lie');
  const page = sampleOf('image', 'jpg', Buffer.from('<!doctype html><title>Log in</title>'));
  const items = await stage(directory, [sea, page]);
  const request = { userId: ann.id, platform: 'tiktok', scope: 'shared', stagingDirectory: directory };
  await assert.rejects(app.library.admit({ ...request, result: resultOf('tiktok:1', items) }), {
    code: 'MF_ERR_PLUGIN',
  });
  assert.deepEqual(await readdir(final), []);
  assert.deepEqual([await postModel(app).countDocuments(), await mediaModel(app).countDocuments()], [0, 0]);
});

test('an admission that the disk stops leaves nothing, and goes through when the disk is back', async () => {
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await rename(thumbs, `${thumbs}-away`);
  await assert.rejects(admit(app, ann.id, 'tiktok:1', [hill]), { code: 'ENOENT' });
  await assert.rejects(admit(app, ann.id, 'tiktok:2', [hill]), { code: 'ENOENT' });
  await rename(`${thumbs}-away`, thumbs);
  await assertConsistent(app);
  await admit(app, ann.id, 'tiktok:2', [hill]);
  await assertConsistent(app);
});

test('nothing is removed while the media folder is not the one of the database', async () => {
  const { link } = await admit(app, ann.id, 'tiktok:1', [sea]);
  const sentinel = join(app.system.mediaRoot.path, '.mediafetcher');
  await rename(sentinel, `${sentinel}-away`);
  const { statusCode } = await ann.inject({ method: 'DELETE', url: `/api/library/${link._id.toString()}` });
  await rename(`${sentinel}-away`, sentinel);
  assert.equal(statusCode, 503);
  await assertConsistent(app);
  assert.equal((await readdir(final)).length, 1);
});

test('adding and removing the same post at the same time comes to an end', async () => {
  for (let round = 0; round < 20; round += 1) {
    const { post, link } = await admit(app, ann.id, 'tiktok:1', [sea]);
    await Promise.allSettled([
      app.library.remove(link._id.toString(), ann.id),
      app.library.linkExisting(post, ann.id),
      app.library.linkExisting(post, ben.id),
      app.library.remove(link._id.toString(), ann.id),
    ]);
    await assertConsistent(app);
  }
});

test('two hundred random changes at once leave every count as a recount finds it', async () => {
  const random = createRandom(20_261_121);
  const pictures = [sea, hill, await pictureOf(3)];
  const people = [ann, ben];
  const step = async (): Promise<void> => {
    const person = random.pick(people);
    const key = `tiktok:${random.below(4)}`;
    const links = await linkModel(app).find({ user: person.id }).lean();
    const what = random.below(3);
    if (what === 0)
      await admit(app, person.id, key, pictures.filter(() => random.below(2) === 0).concat(random.pick(pictures)));
    else if (what === 1) {
      const post = await app.library.findPost(person.id, key);
      if (post !== null) await app.library.linkExisting(post, person.id);
    } else if (links.length > 0) await app.library.remove(random.pick(links)._id.toString(), person.id);
  };
  for (let burst = 0; burst < 25; burst += 1) {
    const results = await Promise.allSettled(Array.from({ length: 8 }, step));
    for (const result of results) {
      if (result.status === 'fulfilled') continue;
      // Two at the same link: the second finds nothing, or its post just gone.
      assert.match((result.reason as { code: string }).code, /^MF_ERR_(?:UNKNOWN|STATE)$/);
    }
    await assertConsistent(app);
  }
});
