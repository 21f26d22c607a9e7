import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, beforeEach } from 'node:test';
import { Types } from 'mongoose';
import type { LinkDoc, PostDoc } from '../../../src/features/library/index.ts';
import type { Lease, MediaDoc } from '../../../src/features/media/index.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { admit, assertConsistent, linkModel, mediaModel, postModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const { final, thumbs, removing } = app.system.mediaRoot;
const sea = await pictureOf(1);
const hill = await pictureOf(2);
const [Media, Post, Link] = [mediaModel(app), postModel(app), linkModel(app)];

/** A post that is in the library: what a crash made of it is told by each case. */
let post: PostDoc;
let link: LinkDoc;
let medium: MediaDoc;

beforeEach(async () => {
  await Promise.all([Media.deleteMany({}), Post.deleteMany({}), Link.deleteMany({})]);
  for (const folder of [final, thumbs]) for (const name of await readdir(folder)) await rm(join(folder, name));
  ({ post, link } = await admit(app, ann.id, 'tiktok:1', [sea]));
  medium = await Media.findOne().lean().orFail();
});

const dropFile = async (): Promise<void> => rm(join(final, `${sea.sha256}.jpg`));
const dropThumbnail = async (): Promise<void> => rm(join(thumbs, `${sea.sha256}-24.webp`));
const setMedia = async (set: object): Promise<unknown> => Media.updateOne({ _id: medium._id }, { $set: set });
const setPost = async (set: object): Promise<unknown> => Post.updateOne({ _id: post._id }, { $set: set });
const setLink = async (set: object): Promise<unknown> => Link.updateOne({ _id: link._id }, { $set: set });
const noRefs = { refs: [], refCount: 0 };

interface Crash {
  readonly after: string;
  /** Makes the documents and files as the crash left them. */
  readonly leave: (lease: Lease) => Promise<unknown>;
  /** What is there in the end. */
  readonly kept: boolean;
}

/** Each place between two steps of the counting protocol. */
const CRASHES: readonly Crash[] = [
  {
    after: 'the post was begun',
    leave: async (lease) => {
      await Link.deleteMany({});
      await Media.deleteMany({});
      await setPost({ state: 'publishing', lease, items: [], size: 0, ...noRefs });
      await dropFile();
      await dropThumbnail();
    },
    kept: false,
  },
  {
    after: 'the medium was taken, and its file not moved',
    leave: async (lease) => {
      await Link.deleteMany({});
      await setMedia({ state: 'publishing', lease });
      await setPost({ state: 'publishing', lease, items: [], size: 0, ...noRefs });
      await dropFile();
      await dropThumbnail();
    },
    kept: false,
  },
  {
    after: 'the file was moved, and the medium not made ready',
    leave: async (lease) => {
      await Link.deleteMany({});
      await setMedia({ state: 'publishing', lease });
      await setPost({ state: 'publishing', lease, items: [], size: 0, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the medium was made ready, and the post did not list it',
    leave: async (lease) => {
      await Link.deleteMany({});
      await setPost({ state: 'publishing', lease, items: [], size: 0, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the post listed its items',
    leave: async (lease) => {
      await Link.deleteMany({});
      await setPost({ state: 'publishing', lease, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the link was begun, and the post did not take it',
    leave: async (lease) => {
      await setLink({ state: 'adding', lease });
      await setPost({ state: 'publishing', lease, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the post took the link',
    leave: async (lease) => {
      await setLink({ state: 'adding', lease });
      await setPost({ state: 'publishing', lease });
    },
    kept: true,
  },
  {
    after: 'the post was made ready',
    leave: async (lease) => setLink({ state: 'adding', lease }),
    kept: true,
  },
  {
    after: 'a later fetch took another medium for the post that was there',
    leave: async (lease) => {
      await admit(app, ann.id, 'tiktok:2', [hill]);
      const other = await Media.findOne({ sha256: hill.sha256 }).lean().orFail();
      await Media.updateOne({ _id: other._id }, { $push: { refs: post._id }, $inc: { refCount: 1 } });
      await setPost({ lease });
    },
    kept: true,
  },
  {
    after: 'a later fetch began a medium for the post that was there',
    leave: async (lease) => {
      const { _id, ...rest } = medium;
      await Media.create({ ...rest, _id: new Types.ObjectId(), sha256: hill.sha256, state: 'publishing', lease });
      await rm(join(thumbs, `${hill.sha256}-24.webp`), { force: true });
      await setPost({ lease });
      assert.ok(_id);
    },
    kept: true,
  },
  {
    after: 'the removal of the link was begun',
    leave: async (lease) => setLink({ state: 'removing', lease }),
    kept: false,
  },
  {
    after: 'the post let the link go',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await setPost(noRefs);
    },
    kept: false,
  },
  {
    after: 'the deletion of the post was begun',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await setPost({ state: 'deleting', lease, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the post let its medium go',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await setPost({ state: 'deleting', lease, ...noRefs });
      await setMedia({ state: 'deleting', lease, ...noRefs });
    },
    kept: false,
  },
  {
    after: 'the file was deleted, and its document not',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await setPost({ state: 'deleting', lease, ...noRefs });
      await setMedia({ state: 'deleting', lease, ...noRefs });
      await dropFile();
    },
    kept: false,
  },
  {
    after: 'the document of the file was deleted, and the post not',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await setPost({ state: 'deleting', lease, ...noRefs });
      await Media.deleteMany({});
      await dropFile();
      await dropThumbnail();
    },
    kept: false,
  },
  {
    after: 'the post was deleted, and its link not',
    leave: async (lease) => {
      await setLink({ state: 'removing', lease });
      await Post.deleteMany({});
      await Media.deleteMany({});
      await dropFile();
      await dropThumbnail();
    },
    kept: false,
  },
];

const leaseOf = (server: string, inMs: number): Lease => ({
  server,
  token: randomBytes(8).toString('hex'),
  until: new Date(Date.now() + inMs),
});
const own = app.system.serverId;

for (const { after: step, leave, kept } of CRASHES) {
  test(`a crash after ${step} is settled at the next start`, async () => {
    await leave(leaseOf(own, 60_000));
    await app.library.reconcile(true);
    await assertConsistent(app);
    assert.equal(await Link.countDocuments({ key: 'tiktok:1' }), kept ? 1 : 0);
  });

  test(`a crash of another server after ${step} is settled when its lease has run out, not before`, async () => {
    await leave(leaseOf('another-server', 60_000));
    const before = await snapshot();
    await app.library.reconcile(true);
    assert.deepEqual(await snapshot(), before);
    const leased = { 'lease.until': { $exists: true } };
    const ended = { $set: { 'lease.until': new Date(Date.now() - 1) } };
    await Promise.all([
      Media.updateMany(leased, ended),
      Post.updateMany(leased, ended),
      Link.updateMany(leased, ended),
    ]);
    await app.library.reconcile(false);
    await assertConsistent(app);
    assert.equal(await Link.countDocuments({ key: 'tiktok:1' }), kept ? 1 : 0);
  });
}

async function snapshot(): Promise<unknown> {
  const documents = await Promise.all([Media.find().lean(), Post.find().lean(), Link.find().lean()]);
  return JSON.stringify([documents, await readdir(final), await readdir(thumbs)]);
}

test('work that this server has in hand is left alone by the janitor', async () => {
  await setLink({ state: 'adding', lease: leaseOf(own, 60_000) });
  const before = await snapshot();
  await app.library.reconcile(false);
  assert.deepEqual(await snapshot(), before);
});

test('a post that is sent again while its deletion was given up half-way comes in, and nobody waits for ever', async () => {
  const lease = leaseOf(own, 60_000);
  await setLink({ state: 'removing', lease });
  await setPost({ state: 'deleting', lease, ...noRefs });
  await setMedia({ state: 'deleting', lease, ...noRefs });
  await admit(app, ann.id, 'tiktok:1', [sea]);
  await Link.deleteOne({ _id: link._id });
  await assertConsistent(app);
});

test('one file that cannot be deleted holds up no other', async () => {
  const lease = leaseOf(own, -1);
  await admit(app, ann.id, 'tiktok:2', [hill]);
  await Media.updateMany({}, { $set: { state: 'deleting', lease, ...noRefs } });
  await Promise.all([Post.deleteMany({}), Link.deleteMany({})]);
  const stuck = join(final, `${sea.sha256}.jpg`);
  await rename(stuck, `${stuck}.away`);
  // A folder in its place: unlink refuses it, whoever runs the tests.
  await mkdir(stuck);
  await app.library.reconcile(false);
  for (const name of await readdir(removing)) await rm(join(removing, name), { recursive: true });
  await rm(`${stuck}.away`);
  const left = await Media.find().lean();
  assert.deepEqual(
    left.map(({ sha256 }) => sha256),
    [sea.sha256],
  );
  await Media.updateMany({}, { $set: { lease } });
  await app.library.reconcile(false);
  await assertConsistent(app);
});

test('a file that a crash left without a holder, its post gone, is taken off the disk', async () => {
  await setMedia(noRefs);
  await Promise.all([Post.deleteMany({}), Link.deleteMany({})]);
  await app.library.reconcile(false);
  assert.deepEqual(await readdir(final), []);
  assert.equal(await Media.countDocuments(), 0);
});
