import type { Log } from '@mediafetcher/sdk';
import type { FromRunner } from '../channel/runner-messages.ts';

/** Records one job may write; a plugin that floods loses the rest, not the job. */
export const MAX_RECORDS = 500;
const MAX_FIELDS = 4_000;
const MAX_MESSAGE = 2_000;

type LogMessage = Extract<FromRunner, { type: 'log' }>;

/** A log that sends its records to the worker, bounded in number and length. */
export function createRunnerLog(stage: () => string, send: (message: LogMessage) => unknown): Log {
  let left = MAX_RECORDS;
  const write = (level: LogMessage['level'], fields: object, message?: string): void => {
    if (left === 0) return;
    left -= 1;
    if (left === 0) {
      send({
        type: 'log',
        level: 'warn',
        stage: stage(),
        fields: '{}',
        message: 'Too many records: the rest is left out.',
      });
      return;
    }
    send({
      type: 'log',
      level,
      stage: stage(),
      fields: formatFields(fields),
      ...(message !== undefined && { message: message.slice(0, MAX_MESSAGE) }),
    });
  };
  return {
    debug: (fields, message) => write('debug', fields, message),
    info: (fields, message) => write('info', fields, message),
    warn: (fields, message) => write('warn', fields, message),
  };
}

function formatFields(fields: object): string {
  try {
    const text = JSON.stringify(fields, (_, value: unknown) =>
      value instanceof Error ? { name: value.name, message: value.message.slice(0, MAX_MESSAGE) } : value,
    );
    return text.length <= MAX_FIELDS
      ? text
      : JSON.stringify({ cut: text.slice(0, MAX_FIELDS / 2) }).slice(0, MAX_FIELDS);
  } catch {
    // A circle, a BigInt, a toJSON that throws: the record's sentence still tells.
    return '{}';
  }
}
