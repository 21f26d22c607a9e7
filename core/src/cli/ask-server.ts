import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';
import { CodedError } from '../errors.ts';
import type { ErrorCode, Problem } from '../errors.ts';

/** Asks the server that runs on this data folder; without one the command runs in this process, under the database's lock. */
export async function askServer(config: Config, command: string, argument: object): Promise<unknown> {
  const answer = await post(join(config.dataDir, 'admin.sock'), command, argument);
  return answer === undefined ? runHere(config, command, argument) : answer.value;
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

async function runHere(config: Config, name: string, argument: object): Promise<unknown> {
  // Only when no server runs: it takes a second to load.
  const { buildApp } = await import('../app.ts');
  const app = await buildApp({ ...config, workers: 0, logLevel: 'silent' });
  try {
    await app.ready();
    const command = app.system.admin.commands.get(name);
    if (command === undefined) throw new CodedError('MF_ERR_UNKNOWN');
    return await command({ ...argument }, new AbortController().signal);
  } finally {
    await app.close();
  }
}
