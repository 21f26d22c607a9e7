import type { FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { FileBody } from './file-body.rules.ts';

/** Bytes; larger ones fall out of the processor's cache, smaller ones cost more calls. */
const CHUNK_BYTES = 512 * 1024;

/**
 * Writes a body to a client, at the client's pace, from one buffer that is used again as soon as the socket has taken
 * it: a stream asks for a new one each time, and half of its time goes into pages that the system has to clear.
 * Ends early when the client goes.
 * @throws when the file cannot be read or is shorter than the body says
 */
export async function writeBody(response: ServerResponse, file: FileHandle, body: FileBody): Promise<void> {
  // A client that goes away is told by the answer of a write; without a listener it would end the process.
  response.on('error', () => undefined);
  const buffer = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, body.length));
  for (const part of body.parts) {
    if (!('start' in part)) {
      if (!(await write(response, part))) return;
      continue;
    }
    for (let at = part.start; at <= part.end;) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, part.end + 1 - at), at);
      if (bytesRead === 0) throw new Error('The file is shorter than it was.');
      if (!(await write(response, buffer.subarray(0, bytesRead)))) return;
      at += bytesRead;
    }
  }
  response.end();
}

/** Waits until the socket has taken the bytes. False when the client has gone. */
async function write(response: ServerResponse, bytes: Uint8Array): Promise<boolean> {
  if (response.destroyed) return false;
  return new Promise((resolve) => {
    // What waits behind another answer on the same connection hears nothing of its own when that goes.
    const gone = (): void => resolve(false);
    response.once('close', gone);
    response.write(bytes, (error) => {
      response.off('close', gone);
      resolve(error === null || error === undefined);
    });
  });
}
