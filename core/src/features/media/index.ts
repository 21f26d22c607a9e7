import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { MediaService } from './media-service.ts';
import { createMediaModel } from './model.ts';

export type { MediaDoc } from './model.ts';
export type { Lease } from './model.ts';
export type { MediaFacts } from './publication.ts';
export type { Released } from './media-service.ts';
export type { MediaService } from './media-service.ts';
export { leaseSchema } from './model.ts';
export { inspectStagedFile, inspectThumbnail } from './staged-file.ts';
export type { Draw, Drawing } from './thumbnails.ts';
export type { StagedFile } from './staged-file.ts';
export { KeyedMutex } from './keyed-mutex.ts';
export { sendMedia } from './send-file.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly media: MediaService;
  }
}

const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const media = createMediaModel(app.database);
    await media.init();
    app.decorate('media', new MediaService({ media, root: app.system.mediaRoot, server: app.system.serverId }));
  },
  { name: 'media', dependencies: ['mongoose', 'system'] },
);

export default plugin;
