import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { CodedError } from '../errors.ts';
import type { ErrorCode, Problem } from '../errors.ts';

/** The way to whoever carries commands out. */
export interface Door extends AsyncDisposable {
  /** @throws CodedError with the server's own words */
  ask(command: string, argument: object): Promise<unknown>;
}

/**
 * Asks the server that runs on this data folder; without one the commands run in this process, under the database's
 * lock, until the door is closed. `downloads`: with workers of its own then.
 */
export function openDoor(config: Config, downloads: boolean): Door {
  let own: FastifyInstance | undefined;
  return {
    async ask(command, argument) {
      const answer = own === undefined ? await post(join(config.dataDir, 'admin.sock'), command, argument) : undefined;
      if (answer !== undefined) return answer.value;
      own ??= await (downloads ? startHere(config) : buildHere({ ...config, workers: 0 }));
      return runIn(own, command, argument);
    },
    [Symbol.asyncDispose]: async () => own?.close(),
  };
}

/** Undefined when nobody listens. @throws CodedError with the server's own words */
async function post(socketPath: string, command: string, argument: object): Promise<{ value: unknown } | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method: 'POST', path: `/${command}` }, (response) => {
      text(response).then((body) => {
        const value: unknown = JSON.parse(body);
        if (response.statusCode === 200) resolve({ value });
        else {
          // A refusal of this very server is a problem document with one of its codes.
          const { code, detail } = value as Problem;
          reject(new CodedError(code as ErrorCode, detail));
        }
      }, reject);
    });
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    sent.end(JSON.stringify(argument));
  });
}

async function buildHere(config: Config): Promise<FastifyInstance> {
  // Only when no server runs: it takes a second to load.
  const { buildApp } = await import('../app.ts');
  const app = await buildApp({ ...config, logLevel: 'silent' });
  await app.ready();
  return app;
}

/** A whole server for a while: workers find it at a port of the loopback. */
async function startHere(config: Config): Promise<FastifyInstance> {
  const app = await buildHere({ ...config, basePath: '/', workers: Math.max(1, config.workers) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

async function runIn(app: FastifyInstance, name: string, argument: object): Promise<unknown> {
  const command = app.system.admin.commands.get(name);
  if (command === undefined) throw new CodedError('MF_ERR_UNKNOWN');
  return command({ ...argument }, new AbortController().signal);
}
