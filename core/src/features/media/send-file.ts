import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../errors.ts';
import { parseByteRanges } from './byte-range.rules.ts';
import { bodyOf, contentRange } from './file-body.rules.ts';
import type { FileBody } from './file-body.rules.ts';
import type { MediaDoc } from './model.ts';
import { writeBody } from './write-body.ts';

/** A name for saving: platform and post id, never the caption. */
const UNSAFE = /[^\w.-]+/g;

export interface SendOptions {
  /** File name for saving, without its extension. */
  readonly name: string;
  readonly download: boolean;
}

/**
 * Sends a stored file: Range (several too), If-Range, If-None-Match and HEAD; immutable, since its name is its hash.
 * @throws MF_ERR_RANGE · MF_ERR_UNKNOWN when the file is gone
 */
export async function sendMedia(
  request: FastifyRequest,
  reply: FastifyReply,
  media: MediaDoc,
  path: string,
  options: SendOptions,
): Promise<FastifyReply> {
  const condition = request.headers['if-range'];
  const wanted = condition === undefined || condition === etagOf(media) ? request.headers.range : undefined;
  const ranges = parseByteRanges(wanted, media.size);
  if (ranges === null) {
    reply.header('content-range', `bytes */${media.size}`);
    throw new CodedError('MF_ERR_RANGE');
  }
  if (request.headers['if-none-match']?.includes(etagOf(media)) === true)
    return describe(reply, media, options).type(media.mime).code(304).send();
  // Before anything is said: the answer to a file that is gone may not be kept.
  const file = request.method === 'HEAD' ? undefined : await openFile(path);
  const body = bodyOf(ranges ?? [{ start: 0, end: media.size - 1 }], media, randomUUID());
  describe(reply, media, options).type(body.contentType).header('content-length', body.length);
  if (ranges !== undefined) reply.code(206);
  if (ranges?.length === 1) reply.header('content-range', contentRange(ranges[0], media.size));
  await sendBody(request, reply, body, file);
  return reply;
}

const etagOf = ({ sha256 }: MediaDoc): string => `"${sha256}"`;

function describe(reply: FastifyReply, media: MediaDoc, { name, download }: SendOptions): FastifyReply {
  const filename = `${name.replace(UNSAFE, '_')}.${media.ext}`;
  return reply
    .header('etag', etagOf(media))
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('accept-ranges', 'bytes')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', 'sandbox')
    .header('content-disposition', `${download ? 'attachment' : 'inline'}; filename="${filename}"`);
}

/** Without a file only the head. One that cannot be read to its end breaks the connection: the length is said already. */
async function sendBody(
  request: FastifyRequest,
  reply: FastifyReply,
  body: FileBody,
  opened: FileHandle | undefined,
): Promise<void> {
  await using file = opened;
  // Fastify's own way with a stream asks for a new buffer for each chunk.
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headersOf(reply));
  if (file === undefined) {
    reply.raw.end();
    return;
  }
  try {
    await writeBody(reply.raw, file, body);
  } catch (err) {
    request.log.error({ err }, 'A file could not be sent to its end.');
    reply.raw.destroy();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    throw new CodedError('MF_ERR_UNKNOWN', 'The file is not on the disk.', { cause });
  }
}

function headersOf(reply: FastifyReply): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined));
}
