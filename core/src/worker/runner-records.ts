import type { Logger } from 'pino';
import type { FromRunner } from '../channel/runner-messages.ts';

type LogRecord = Extract<FromRunner, { type: 'log' }>;

/** Writes what plugin code had to say into the worker's own log. */
export function logRunnerRecord(log: Logger, { level, stage, fields, message }: LogRecord): void {
  log[level]({ stage, plugin: parseFields(fields) }, message);
}

function parseFields(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut short by the runner.
    return text;
  }
}
