import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { after, afterEach } from 'node:test';
import { realDisk } from '../../../src/features/media/disk.ts';
import type { Disk } from '../../../src/features/media/disk.ts';
import { MediaService } from '../../../src/features/media/media-service.ts';
import type { MediaDoc } from '../../../src/features/media/index.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { admit, assertConsistent, linkModel, mediaModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { pictureOf } from '../../helpers/samples.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const sea = await pictureOf(1);
const { final, removing } = app.system.mediaRoot;
const file = join(final, `${sea.sha256}.jpg`);

afterEach(async () => {
  for (const { _id, user } of await linkModel(app).find().lean())
    await app.library.remove(_id.toString(), user.toString());
  await app.library.reconcile(false);
  assert.deepEqual([await readdir(final), await readdir(removing)], [[], []]);
});

/** A call of the disk that waits until it is let go. */
class Brake {
  readonly reached: Promise<void>;
  #arrive: (() => void) | undefined;
  #letGo: (() => void) | undefined;
  readonly #open: Promise<void>;

  constructor() {
    this.reached = new Promise((resolve) => (this.#arrive = resolve));
    this.#open = new Promise((resolve) => (this.#letGo = resolve));
  }

  async wait(): Promise<void> {
    this.#arrive?.();
    await this.#open;
  }

  letGo(): void {
    this.#letGo?.();
  }
}

/** Another server on the same database and share, with a disk of its own. */
function otherServer(disk: Partial<Disk>): MediaService {
  const media = mediaModel(app);
  return new MediaService({
    media,
    root: app.system.mediaRoot,
    server: 'other',
    leaseMs: 50,
    disk: { ...realDisk, ...disk },
  });
}

/** The last holder lets go on the other server, which hangs; gives what it is doing. */
async function removeElsewhere(other: MediaService): Promise<{ removal: Promise<unknown>; medium: MediaDoc }> {
  await admit(app, ann.id, 'tiktok:1', [sea]);
  const medium = await mediaModel(app).findOne({ sha256: sea.sha256 }).lean().orFail();
  const [holder] = medium.refs;
  assert.ok(holder !== undefined);
  await linkModel(app).deleteMany({});
  await app.database.model('Post').deleteMany({});
  return { removal: other.release(holder, medium._id), medium };
}

async function leaseIsOver(medium: MediaDoc): Promise<void> {
  await mediaModel(app).updateOne({ _id: medium._id }, { $set: { 'lease.until': new Date(0) } });
}

const CALLS: readonly (readonly [string, (brake: Brake) => Partial<Disk>])[] = [
  [
    'before the file is taken out',
    (brake) => ({ tryRename: async (from, to) => brake.wait().then(async () => realDisk.tryRename(from, to)) }),
  ],
  [
    'after the file was taken out',
    (brake) => ({
      tryRename: async (from, to) => {
        const moved = await realDisk.tryRename(from, to);
        await brake.wait();
        return moved;
      },
    }),
  ],
  [
    'before the file is deleted',
    (brake) => ({ remove: async (path) => brake.wait().then(async () => realDisk.remove(path)) }),
  ],
];

for (const [where, brakeOn] of CALLS) {
  test(`a server that hangs ${where} does no harm to the same bytes, stored anew after another took over`, async () => {
    const brake = new Brake();
    const { removal, medium } = await removeElsewhere(otherServer(brakeOn(brake)));
    await brake.reached;
    await leaseIsOver(medium);
    await app.library.reconcile(false);
    assert.equal(await mediaModel(app).countDocuments(), 0);
    await admit(app, ann.id, 'tiktok:2', [sea]);
    brake.letGo();
    await removal;
    assert.deepEqual(await readFile(file), sea.bytes);
    const { differences } = await app.library.fsck({ settleMs: 1, verifyHashes: true });
    assert.deepEqual(
      differences.filter(({ kind }) => kind !== 'thumbnail-missing'),
      [],
    );
  });

  test(`a server that hangs ${where} leaves nothing when nobody wants the bytes any more`, async () => {
    const brake = new Brake();
    const { removal, medium } = await removeElsewhere(otherServer(brakeOn(brake)));
    await brake.reached;
    await leaseIsOver(medium);
    await app.library.reconcile(false);
    brake.letGo();
    await removal;
    await assertConsistent(app);
    assert.deepEqual(await readdir(final), []);
  });
}

test('a server that dies with a late file in its hands: the janitor puts it back', async () => {
  const brake = new Brake();
  const dies = new Error('killed');
  const other = otherServer({
    tryRename: async (from, to) => {
      await brake.wait();
      await realDisk.tryRename(from, to);
      throw dies;
    },
  });
  const { removal, medium } = await removeElsewhere(other);
  await brake.reached;
  await leaseIsOver(medium);
  await app.library.reconcile(false);
  await admit(app, ann.id, 'tiktok:2', [sea]);
  brake.letGo();
  await assert.rejects(removal, dies);
  assert.deepEqual(await readdir(final), []);
  await app.library.reconcile(false);
  await assertConsistent(app);
  assert.deepEqual(await readFile(file), sea.bytes);
});

test('a file that a hung publication leaves behind after all is looked for once more', async () => {
  const brake = new Brake();
  const { removal, medium } = await removeElsewhere(
    otherServer({ tryRename: async (from, to) => brake.wait().then(async () => realDisk.tryRename(from, to)) }),
  );
  await brake.reached;
  await leaseIsOver(medium);
  await app.library.reconcile(false);
  // What a rename would do that was on its way for longer than every lease.
  await writeFile(file, sea.bytes);
  await app.database.model('SecondLook').updateMany({}, { $set: { at: new Date(0) } });
  await app.library.reconcile(false);
  assert.deepEqual(await readdir(final), []);
  brake.letGo();
  await removal;
});
