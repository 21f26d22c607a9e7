import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeProgram } from '../temporary-folder.ts';

/** Versions that the stand-in installs. */
export interface StandIn {
  readonly ytDlp?: string;
  readonly galleryDl?: string;
  /** Shell words that run in place of pip's work. */
  readonly pip?: string;
}

/**
 * A script that takes Python's place: `-m venv DIR` makes a folder with itself as interpreter, `-m pip install` writes the two tools.
 * Each call is noted in `calls` beside it.
 */
export async function writeStandInPython(folder: string, options: StandIn = {}): Promise<string> {
  const { ytDlp = '2026.10.26', galleryDl = '1.32.18', pip = ':' } = options;
  const tool = (name: string, version: string): string =>
    `printf '#!/bin/sh\\necho ${version}\\n' > "$bin/${name}"; chmod +x "$bin/${name}"`;
  return writeProgram(
    folder,
    'python3',
    [
      `echo "$2" >> "${folder}/calls"`,
      'if [ "$2" = venv ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python3"; exit 0; fi',
      'bin=$(dirname "$0")',
      pip,
      tool('yt-dlp', ytDlp),
      tool('gallery-dl', galleryDl),
    ].join('\n'),
  );
}

/** A lock file with the pins that matter. */
export async function writeLock(folder: string, ytDlp = '2026.10.26'): Promise<string> {
  const path = join(folder, 'requirements.lock');
  const pin = (name: string, version: string): string =>
    `${name}==${version} \\\n    --hash=sha256:${'0'.repeat(64)}\n`;
  await writeFile(path, pin('gallery-dl', '1.32.18') + pin('yt-dlp', ytDlp));
  return path;
}
