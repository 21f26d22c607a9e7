import { appendFile, open } from 'node:fs/promises';
import type { ToolId } from './failure/tool-run.ts';
import { redactWords } from './failure/redact-log.ts';
import type { ProcessOutcome } from './process/run-process.ts';

/** Characters of one run's words, and of the whole log of an attempt. */
const RUN_LIMIT = 12_000;
export const RUN_LOG_LIMIT = 32_000;
const CUT = '\n… lines are left out …\n';

export interface LoggedRun {
  readonly tool: ToolId;
  readonly arguments: readonly string[];
  readonly outcome: ProcessOutcome;
  readonly seconds: number;
}

/** Adds what a tool was asked and what it said to the attempt's log; a log that cannot be written is no reason to fail. */
export async function appendRun(file: string | undefined, run: LoggedRun): Promise<void> {
  if (file === undefined) return;
  await appendFile(file, formatRun(run), { mode: 0o600 }).catch(() => undefined);
}

/** One run as people read it: its command line, how it ended, its words; documents and progress on stdout are no words. */
export function formatRun({ tool, arguments: argv, outcome, seconds }: LoggedRun): string {
  const { exitCode, signal, stopped } = outcome;
  const end = stopped ?? signal ?? `exit ${exitCode ?? 'unknown'}`;
  const said = [...wordsOf(outcome.stdout), outcome.stderr.trim()].filter((line) => line !== '').join('\n');
  return `$ ${redactWords([tool, ...argv].join(' '))}\n${keepEnds(redactWords(said), RUN_LIMIT)}\n→ ${end}, ${seconds} s\n\n`;
}

/** Reads an attempt's log; the middle of a long one is left out. */
export async function readRunLog(file: string): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    // Two bounds: of what is read, and of what is kept.
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(RUN_LOG_LIMIT * 8), 0, RUN_LOG_LIMIT * 8, 0);
    return keepEnds(buffer.subarray(0, bytesRead).toString('utf8'), RUN_LOG_LIMIT);
  } finally {
    await handle.close();
  }
}

function wordsOf(stdout: string): readonly string[] {
  return stdout.split('\n').filter((line) => line.trim() !== '' && !/^\s*(?:[[{}\]"]|PROG |FINAL |\d)/.test(line));
}

function keepEnds(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const half = Math.floor((limit - CUT.length) / 2);
  return text.slice(0, half) + CUT + text.slice(-half);
}
