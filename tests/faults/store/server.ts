import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Types } from 'mongoose';
import { CodedError } from '../../../core/src/errors.ts';
import { SHARED_SCOPE } from '../../../core/src/features/library/models.ts';
import type { LinkDoc } from '../../../core/src/features/library/models.ts';
import { realDisk } from '../../../core/src/features/media/disk.ts';
import type { Disk } from '../../../core/src/features/media/disk.ts';
import { stageFiles } from './files.ts';
import { openLibrary } from './open-library.ts';
import type { OpenLibrary } from './open-library.ts';
import { GOING_ON, HANGING, HANG_IN_FILE_STEP } from './protocol.ts';
import type { Answer, Operation, Order, ServerSetup } from './protocol.ts';

/** One of several servers on one database. It does what it is told, until it is killed. */
// The parent that starts this file gives it.
const setup = JSON.parse(process.argv[2] ?? '') as ServerSetup;
let hangs = false;
const disk: Disk = {
  ...realDisk,
  async tryRename(from, to) {
    if (hangs && dirname(to).endsWith('removing')) {
      hangs = false;
      await tell(HANGING);
      process.kill(process.pid, 'SIGSTOP');
      await tell(GOING_ON);
    }
    return realDisk.tryRename(from, to);
  },
};
const opened = await openLibrary(setup, (error) => console.error('janitor', error), disk);
// As a server does at its start: nobody works under its leases.
await opened.library.renditions.recover();
await opened.library.reconcile(true);
opened.library.renditions.renderBy(async ({ jobId, attempt, media }) => {
  const directory = join(opened.mediaRoot.staging, jobId, String(attempt));
  // The bytes of one of the items' own files: what is stored as both is counted for both.
  const { items } = await stageFiles(directory, 'tiktok:0', [
    (Number.parseInt(media.sha256.slice(0, 2), 16) + attempt) % 3,
  ]);
  const [item] = items;
  if (item === undefined) throw new Error('Nothing was staged.');
  const { path, sha256, size } = item;
  const sweep = async (): Promise<void> => rm(directory, { recursive: true, force: true });
  return { directory, file: { path, sha256, size }, [Symbol.asyncDispose]: sweep };
});
process.on('message', (order: Order | typeof HANG_IN_FILE_STEP) => {
  if (order === HANG_IN_FILE_STEP) hangs = true;
  else void answer(order);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function tell(what: string): Promise<void> {
  await new Promise((resolve) => process.send?.(what, resolve));
}

async function answer({ id, operation }: Order): Promise<void> {
  const refused = await perform(opened, operation).then(
    () => undefined,
    (error: unknown) => (error instanceof CodedError ? error.code : String((error as Error).stack)),
  );
  process.send?.({ id, ...(refused !== undefined && { refused }) } satisfies Answer);
}

async function perform({ library, models, mediaRoot }: OpenLibrary, operation: Operation): Promise<void> {
  if (operation.do === 'reconcile') return library.reconcile(false);
  if (operation.do === 'rest') return library.renditions.stop();
  const { user } = operation;
  if (operation.do === 'empty') {
    await library.emptyTrash(user);
    return;
  }
  const { key } = operation;
  if (operation.do === 'store') {
    const stagingDirectory = join(mediaRoot.staging, randomUUID());
    const result = await stageFiles(stagingDirectory, key, operation.files);
    await library.admit({ userId: user, platform: 'tiktok', scope: SHARED_SCOPE, result, stagingDirectory });
    return rm(stagingDirectory, { recursive: true, force: true });
  }
  if (operation.do === 'link') {
    const post = await library.findPost(user, key);
    if (post !== null) await library.linkExisting(post, user);
    return;
  }
  const link = await models.Link.findOne({ user, key }).lean();
  if (link === null) return;
  const id = link._id.toHexString();
  if (operation.do === 'form') await makeForm(opened, link);
  else if (operation.do === 'cancel') await library.renditions.cancel(user, id, 0);
  else if (operation.do === 'trash') await library.trash(id, user);
  else if (operation.do === 'restore') await library.restore(id, user);
  else if (operation.do === 'remove') await library.remove(id, user);
  else await models.Link.updateOne({ _id: id }, { $addToSet: { folders: new Types.ObjectId() }, $inc: { rev: 1 } });
}

/** As who asks for it does; a person can only ask for one of a video. */
async function makeForm({ library, models }: OpenLibrary, { user, post: id }: LinkDoc): Promise<void> {
  const post = await models.Post.findById(id).lean();
  const [item] = post?.items ?? [];
  if (item === undefined) return;
  const fresh = { askers: [user], status: 'queued' as const, askedAt: new Date(), tries: 0, progress: 0, attempt: 0 };
  await models.RenditionJob.updateOne({ post: id, media: item.media }, { $setOnInsert: fresh }, { upsert: true });
  library.renditions.wake();
}
