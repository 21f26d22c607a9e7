import assert from 'node:assert/strict';
import { appendFile, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, beforeEach } from 'node:test';
import { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../../src/features/library/index.ts';
import type { MediaDoc } from '../../../src/features/media/index.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { admit, assertConsistent, linkModel, mediaModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const { final, thumbs, path: root, removing } = app.system.mediaRoot;
const lostAndFound = join(root, 'lost+found');
const [Media, Post, Link] = [mediaModel(app), postModel(app), linkModel(app)];
const sea = await pictureOf(1);
const hill = await pictureOf(2);
const file = join(final, `${sea.sha256}.jpg`);
const options = { settleMs: 1, verifyHashes: true };
const gone = new Types.ObjectId();

let post: PostDoc;
let link: LinkDoc;
let medium: MediaDoc;

beforeEach(async () => {
  await Promise.all([Media.deleteMany({}), Post.deleteMany({}), Link.deleteMany({})]);
  for (const folder of [final, thumbs]) for (const name of await readdir(folder)) await rm(join(folder, name));
  await rm(lostAndFound, { recursive: true, force: true });
  ({ post, link } = await admit(app, ann.id, 'tiktok:1', [sea]));
  medium = await Media.findOne().lean().orFail();
});

const setMedia = async (set: object): Promise<unknown> => Media.updateOne({ _id: medium._id }, set);
const setPost = async (set: object): Promise<unknown> => Post.updateOne({ _id: post._id }, set);

interface Harm {
  readonly what: string;
  readonly harm: () => Promise<unknown>;
  readonly finds: readonly string[];
  /** What is left after a repair. @default nothing */
  readonly leaves?: readonly string[];
}

const HARMS: readonly Harm[] = [
  { what: 'a medium that counts wrong', harm: async () => setMedia({ refCount: 7 }), finds: ['count'] },
  { what: 'a post that counts wrong', harm: async () => setPost({ refCount: 0 }), finds: ['count'] },
  {
    what: 'a medium that names a post twice',
    harm: async () => setMedia({ refs: [post._id, post._id], refCount: 2 }),
    finds: ['count'],
  },
  {
    what: 'a medium that names a post that is gone',
    harm: async () => setMedia({ $push: { refs: gone }, $inc: { refCount: 1 } }),
    finds: ['reference'],
  },
  {
    what: 'a medium that does not name the post that lists it',
    harm: async () => setMedia({ refs: [gone], refCount: 1 }),
    finds: ['reference', 'reference'],
  },
  {
    what: 'a post that names a link that is gone',
    harm: async () => setPost({ $push: { refs: gone }, $inc: { refCount: 1 } }),
    finds: ['reference'],
  },
  {
    what: 'a post that does not name its link',
    harm: async () => setPost({ refs: [], refCount: 0 }),
    finds: ['reference', 'unheld'],
  },
  {
    what: 'a medium that nobody holds',
    harm: async () => {
      await admit(app, ann.id, 'tiktok:2', [hill]);
      await Media.updateOne({ sha256: hill.sha256 }, { refs: [], refCount: 0 });
      await Promise.all([Post.deleteOne({ key: 'tiktok:2' }), Link.deleteOne({ key: 'tiktok:2' })]);
    },
    finds: ['unheld'],
  },
  {
    what: 'a link whose post is gone',
    harm: async () => Link.create({ ...link, _id: new Types.ObjectId(), post: gone }),
    finds: ['post-missing'],
    leaves: ['post-missing'],
  },
  {
    what: 'a post whose medium is gone',
    harm: async () => {
      await Media.deleteOne({ _id: medium._id });
      for (const folder of [final, thumbs]) for (const name of await readdir(folder)) await rm(join(folder, name));
    },
    finds: ['medium-missing'],
    leaves: ['medium-missing'],
  },
  {
    what: 'a link that nobody goes on with',
    harm: async () => Link.updateOne({ _id: link._id }, { state: 'adding' }),
    finds: ['between'],
  },
  { what: 'a file that is missing', harm: async () => rm(file), finds: ['file-missing'], leaves: ['file-missing'] },
  {
    what: 'a file that has grown',
    harm: async () => appendFile(file, 'more'),
    finds: ['file-size'],
    leaves: ['file-missing'],
  },
  {
    what: 'a file whose bytes have changed',
    harm: async () => writeFile(file, Buffer.alloc(sea.bytes.length)),
    finds: ['file-hash'],
    leaves: ['file-missing'],
  },
  {
    what: 'files that no document speaks of',
    harm: async () => {
      await writeFile(join(final, `${hill.sha256}.jpg`), hill.bytes);
      await writeFile(join(final, 'holiday.jpg'), hill.bytes);
    },
    finds: ['file-unknown', 'file-unknown'],
  },
  {
    what: 'a file that lies aside',
    harm: async () => writeFile(join(removing, `${hill.sha256}.jpg.1234`), hill.bytes),
    finds: ['file-aside'],
  },
  {
    what: 'a thumbnail that is missing',
    harm: async () => rm(join(thumbs, `${sea.sha256}-24.webp`)),
    finds: ['thumbnail-missing'],
    // Nobody is here who could make it: it is made again when somebody looks at the post.
    leaves: ['thumbnail-missing'],
  },
  {
    what: 'a thumbnail of nothing',
    harm: async () => writeFile(join(thumbs, `${hill.sha256}-24.webp`), 'x'),
    finds: ['thumbnail-unknown'],
  },
];

test('a store that is well shows no difference', async () => {
  const report = await app.library.fsck(options);
  assert.deepEqual(report, { checked: { links: 1, posts: 1, media: 1, files: 1 }, differences: [], left: 0 });
});

for (const { what, harm, finds, leaves = [] } of HARMS) {
  test(`${what}: found, changed only by a repair, and then ${leaves.length === 0 ? 'good' : 'still reported'}`, async () => {
    await harm();
    const kinds = async (repair: boolean): Promise<string[]> =>
      (await app.library.fsck({ ...options, repair })).differences.map(({ kind }) => kind).toSorted();
    assert.deepEqual(await kinds(false), finds);
    assert.deepEqual(await kinds(false), finds);
    const files = await countFiles();
    const repaired = await app.library.fsck({ ...options, repair: true });
    assert.equal(repaired.left, leaves.length, JSON.stringify(repaired.differences));
    assert.deepEqual(await kinds(false), leaves);
    if (leaves.length === 0) await assertConsistent(app);
    // Two cases are sure: nobody holds the medium, or it was on its way to be deleted.
    const deletes = what.includes('nobody holds') || what.includes('aside');
    assert.equal(await countFiles(), deletes ? files - 1 : files);
  });
}

async function countFiles(): Promise<number> {
  const lost = await readdir(lostAndFound).catch(() => []);
  return (await readdir(final)).length + lost.length + (await readdir(removing)).length;
}

test('a file in lost+found comes back when a document misses it', async () => {
  await Media.deleteOne({ _id: medium._id });
  await app.library.fsck({ ...options, repair: true });
  assert.deepEqual(await readdir(lostAndFound), [`${sea.sha256}.jpg`]);
  await Media.create(medium);
  const report = await app.library.fsck({ ...options, repair: true });
  assert.deepEqual(
    report.differences.map(({ kind, repaired }) => [kind, repaired]),
    [['file-missing', true]],
  );
  assert.deepEqual(await readFile(file), sea.bytes);
});

test('work that is under way is no difference', async () => {
  const lease = { server: 'another', token: 'x', until: new Date(Date.now() + 60_000) };
  await setPost({ lease, refs: [], refCount: 0 });
  await Media.create({ ...medium, _id: new Types.ObjectId(), sha256: hill.sha256, state: 'publishing', lease });
  await Link.updateOne({ _id: link._id }, { state: 'removing', lease });
  assert.deepEqual((await app.library.fsck(options)).differences, []);
});

test('without the share nothing is compared', async () => {
  const sentinel = join(root, '.mediafetcher');
  await rename(sentinel, `${sentinel}-away`);
  await assert.rejects(app.library.fsck({ ...options, repair: true }), { code: 'MF_ERR_MOUNT_MISSING' });
  await rename(`${sentinel}-away`, sentinel);
  await assertConsistent(app);
});

test('a folder that counts wrong is found, and counted anew', async () => {
  const { folders } = app.library;
  const { _id } = await folders.create(ann.id, 'Sea');
  await folders.filing.add({ user: link.user, links: [link._id] }, _id);
  await app.database.model('Folder').updateOne({ _id }, { $set: { count: 7 } });
  const kinds = async (repair: boolean): Promise<unknown[]> =>
    (await app.library.fsck({ ...options, repair })).differences.map(({ kind, repaired }) => [kind, repaired]);
  assert.deepEqual(await kinds(false), [['folder-count', false]]);
  assert.deepEqual(await kinds(true), [['folder-count', true]]);
  assert.deepEqual(await kinds(false), []);
  assert.equal((await folders.get(ann.id, String(_id))).count, 1);
});
