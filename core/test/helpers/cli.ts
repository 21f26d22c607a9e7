import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** Runs the command as a person does, with this data folder. */
export async function mediafetcher(dataDir: string, ...argv: readonly string[]): Promise<Ended> {
  return mediafetcherWith('', dataDir, ...argv);
}

/** The same, with something piped in. */
export async function mediafetcherWith(input: string, dataDir: string, ...argv: readonly string[]): Promise<Ended> {
  const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, 'cli', ...argv], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
    // Whoever reads nothing may be gone before all is written.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
