import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Gives a command to a running server through its owner's socket, as `mediafetcher CMD` does. */
export async function askAdmin<T>(dataDir: string, command: string, argument: object = {}): Promise<T> {
  const body = await new Promise<string>((resolve, reject) => {
    const sent = request({ socketPath: join(dataDir, 'admin.sock'), method: 'POST', path: `/${command}` }, (answer) => {
      text(answer).then(resolve, reject);
    });
    sent.once('error', reject);
    sent.end(JSON.stringify(argument));
  });
  // The caller knows what the command gives.
  return JSON.parse(body) as T;
}
