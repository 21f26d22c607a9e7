import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs the shell script beside the program that it takes itself for, as its child. */
const MAIN = `
import subprocess, sys
def main():
    sys.exit(subprocess.call(['/bin/sh', sys.argv[0] + '.sh', *sys.argv[1:]]))
`;

/** A Python of its own in which a stand-in of yt-dlp is installed. */
export interface StandIn {
  /** Installs yt-dlp in a folder as pip does; a shell script says what it does. Answers the program's path. */
  write(folder: string, script: string): Promise<string>;
  remove(): Promise<void>;
}

/** @param main source of the module: its `main()` is what the program does @default runs a shell script */
export async function createStandIn(main: string = MAIN): Promise<StandIn> {
  const home = await mkdtemp(join(tmpdir(), 'mediafetcher-python-'));
  await run('python3', ['-m', 'venv', '--without-pip', home]);
  const [version = ''] = await readdir(join(home, 'lib'));
  const module = join(home, 'lib', version, 'site-packages/yt_dlp');
  await mkdir(module);
  await writeFile(join(module, '__init__.py'), main);
  return {
    async write(folder, script) {
      const program = join(folder, 'yt-dlp');
      const lines = [`#!${join(home, 'bin/python3')}`, 'import sys', 'from yt_dlp import main', 'sys.exit(main())', ''];
      await writeFile(`${program}.sh`, `${script}\n`);
      await writeFile(program, lines.join('\n'));
      await chmod(program, 0o755);
      return program;
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
