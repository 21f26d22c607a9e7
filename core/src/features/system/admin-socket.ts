import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { CodedError } from '../../errors.ts';
import type { Problem } from '../../errors.ts';

/** A command of the owner of this machine; gets the request's JSON and gives JSON. */
export type AdminCommand = (argument: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<unknown>;

const MAX_BODY_BYTES = 64 * 1024;

/**
 * The door for `mediafetcher CMD` beside a running server: HTTP on a unix socket that only its owner may open. Each
 * feature adds its commands.
 */
export class AdminSocket {
  readonly #commands = new Map<string, AdminCommand>();
  readonly #toProblem: (error: unknown) => Problem;
  #server: Server | undefined;

  constructor(toProblem: (error: unknown) => Problem) {
    this.#toProblem = toProblem;
  }

  /** Commands that can be given, by name. */
  get commands(): ReadonlyMap<string, AdminCommand> {
    return this.#commands;
  }

  add(name: string, command: AdminCommand): void {
    this.#commands.set(name, command);
  }

  /** Opens the socket; the database's lock says that no other server is at it. */
  async open(path: string): Promise<void> {
    await rm(path, { force: true });
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    // Nobody may knock between the making of the socket and the change of its mode.
    const before = process.umask(0o177);
    server.listen(path);
    await once(server, 'listening').finally(() => process.umask(before));
    await chmod(path, 0o600);
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    try {
      const command = this.#commands.get(request.url?.slice(1) ?? '');
      if (request.method !== 'POST' || command === undefined) throw new CodedError('MF_ERR_UNKNOWN');
      respond(response, 200, await command(await readJson(request), gone.signal));
    } catch (error) {
      const problem = this.#toProblem(error);
      respond(response, problem.status, problem);
    }
  }
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body ?? null));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A stream of a server's request gives buffers.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new CodedError('MF_ERR_VALIDATION');
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString());
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Falls through: no JSON, or not an object.
  }
  throw new CodedError('MF_ERR_VALIDATION');
}
