import { readFileSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import type { ToolRun } from '../../src/tools/failure/tool-run.ts';

const folder = new URL('./fixtures/recorded/', import.meta.url);

export interface RecordedRun {
  readonly name: string;
  /** The header's words; any of them is right. */
  readonly classes: readonly string[];
  readonly remark: string;
  readonly run: ToolRun;
}

/** Reads every recorded output of the real tools. */
export function readRecordedRuns(): readonly RecordedRun[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => parseRecordedRun(name, readFileSync(new URL(name, folder), 'utf8')));
}

function parseRecordedRun(name: string, text: string): RecordedRun {
  const header = text.slice(0, text.indexOf('\n'));
  const [, exit = '', word = ''] = / \| exit (-?\d+) \| class ([^|]+) \|/.exec(header) ?? [];
  const described = word.trim();
  const classes = described
    .replace(/\(.*$/s, '')
    .replace(/ in this tool/, '')
    .trim()
    .split(' or ');
  return { name, classes, remark: described, run: toolRun(name, text, header, Number(exit)) };
}

function toolRun(name: string, text: string, header: string, exit: number): ToolRun {
  const listing = /\s-(?:J|j)\s/.test(header);
  return {
    tool: name.startsWith('ytdlp') ? 'yt-dlp' : 'gallery-dl',
    stdout: section(text, 'stdout'),
    stderr: section(text, 'stderr'),
    files: wholeFiles(section(text, 'files'), section(text, 'stdout')),
    ...(listing && { wants: 'listing' as const }),
    ...(exit < 0 ? { signal: signalName(-exit) } : { exitCode: exit }),
    // What the worker's look at the file system would have told: the small disk of these cases was full.
    ...(header.includes("'small/") && { freeBytes: 0 }),
  };
}

function section(text: string, name: string): string {
  const start = text.indexOf(`\n--- ${name}\n`);
  const end = text.indexOf('\n--- ', start + 1);
  return text.slice(start + name.length + 6, end === -1 ? undefined : end);
}

/** Media files; of yt-dlp only those that a FINAL line names. */
function wholeFiles(files: string, stdout: string): number {
  const finals = stdout.split('\n').flatMap((line) => /^FINAL .*"filepath": "([^"]+)"/.exec(line)?.[1] ?? []);
  const names = files
    .split('\n')
    .map((line) => line.replace(/ \d+$/, ''))
    .filter((file) => file.trim() !== '' && !/\.(?:part|json|temp\.\w+)$/.test(file));
  return finals.length > 0 ? names.filter((file) => finals.includes(file)).length : names.length;
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `SIG${number}`;
}
