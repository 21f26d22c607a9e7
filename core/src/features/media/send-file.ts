import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../errors.ts';
import { parseByteRange } from './byte-range.rules.ts';
import type { MediaDoc } from './model.ts';

const CHUNK_BYTES = 256 * 1024;
/** A name for saving: platform and post id, never the caption. */
const UNSAFE = /[^\w.-]+/g;

export interface SendOptions {
  /** File name for saving, without its extension. */
  readonly name: string;
  readonly download: boolean;
}

/** Streams a stored file: Range, If-Range, If-None-Match and HEAD; immutable, since its name is its hash. */
export function sendMedia(
  request: FastifyRequest,
  reply: FastifyReply,
  media: MediaDoc,
  path: string,
  options: SendOptions,
): FastifyReply {
  const etag = `"${media.sha256}"`;
  const filename = `${options.name.replace(UNSAFE, '_')}.${media.ext}`;
  const condition = request.headers['if-range'];
  const wanted = condition === undefined || condition === etag ? request.headers.range : undefined;
  const range = parseByteRange(wanted, media.size);
  if (range === null) {
    reply.header('content-range', `bytes */${media.size}`);
    throw new CodedError('MF_ERR_RANGE');
  }
  reply
    .header('etag', etag)
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('accept-ranges', 'bytes')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', 'sandbox')
    .header('content-disposition', `${options.download ? 'attachment' : 'inline'}; filename="${filename}"`)
    .type(media.mime);
  if (request.headers['if-none-match']?.includes(etag) === true) return reply.code(304).send();
  const { start, end } = range ?? { start: 0, end: media.size - 1 };
  reply.header('content-length', end - start + 1);
  if (range !== undefined) reply.code(206).header('content-range', `bytes ${start}-${end}/${media.size}`);
  // An empty stream: Fastify answers a HEAD without a payload with a length of zero, and reads a file to its end.
  if (request.method === 'HEAD') return reply.send(Readable.from([]));
  return reply.send(createReadStream(path, { start, end, highWaterMark: CHUNK_BYTES }));
}
