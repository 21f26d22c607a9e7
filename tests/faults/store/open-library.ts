import mongoose from 'mongoose';
import type { Connection } from 'mongoose';
import { LibraryService } from '../../../core/src/features/library/library-service.ts';
import { createLibraryModels } from '../../../core/src/features/library/models.ts';
import type { LibraryModels } from '../../../core/src/features/library/models.ts';
import { Tombstones } from '../../../core/src/features/library/tombstones.ts';
import { realDisk } from '../../../core/src/features/media/disk.ts';
import type { Disk } from '../../../core/src/features/media/disk.ts';
import { MediaService } from '../../../core/src/features/media/media-service.ts';
import { createMediaModel } from '../../../core/src/features/media/model.ts';
import { openMediaRoot } from '../../../core/src/features/system/media-root.ts';
import type { MediaRoot } from '../../../core/src/features/system/media-root.ts';
import type { ServerSetup } from './protocol.ts';

export interface OpenLibrary {
  readonly library: LibraryService;
  readonly models: LibraryModels;
  readonly mediaRoot: MediaRoot;
  readonly connection: Connection;
}

/** The store's part of a server: the real services on a shared database, without the web. */
export async function openLibrary(
  { uri, mediaRoot: path, server, leaseMs }: ServerSetup,
  onError: (error: unknown) => void,
  disk: Disk = realDisk,
): Promise<OpenLibrary> {
  const connection = await mongoose.createConnection(uri, { dbName: 'store' }).asPromise();
  const mediaRoot = await openMediaRoot(path, connection);
  const models = createLibraryModels(connection);
  const mediaModel = createMediaModel(connection);
  const tombstones = new Tombstones(connection);
  await Promise.all([
    models.Post.init(),
    models.Link.init(),
    models.RenditionJob.init(),
    mediaModel.init(),
    tombstones.init(),
  ]);
  const media = new MediaService({ media: mediaModel, root: mediaRoot, server, leaseMs, disk });
  const values = {
    ...{ trashDays: 30, quotaGb: null, maxFileMb: 100, reserveMb: 0, concurrency: 3 },
    ...{ platformLimits: {}, platformProxies: {} },
  };
  const settings = { read: async () => values };
  const library = new LibraryService({
    models,
    media,
    tombstones,
    settings,
    mediaRoot,
    server,
    leaseMs,
    isPerson: async () => true,
    onError,
  });
  return { library, models, mediaRoot, connection };
}
