import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CodedError } from '../errors.ts';

/** A password that never stands in the list of processes: asked for twice, or the first line of what is piped in. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return readLine('');
  const password = await readLine('Password: ');
  if ((await readLine('Once more: ')) === password) return password;
  throw new CodedError('MF_ERR_VALIDATION', 'The two passwords are not the same.');
}

/** Shows the question and none of the answer. */
async function readLine(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    const [line] = (await Promise.race([once(lines, 'line'), once(lines, 'close')])) as [string?];
    if (question !== '') process.stderr.write('\n');
    if (line === undefined) throw new CodedError('MF_ERR_VALIDATION', 'No password was given.');
    return line;
  } finally {
    lines.close();
  }
}
