import { parseArgs } from 'node:util';
import { CodedError } from '../errors.ts';
import type { Command, Given } from './command.ts';

/** Reads what stands behind a command's name. @throws MF_ERR_VALIDATION with a sentence of what is wrong */
export function parseGiven(command: Command, argv: readonly string[]): Given {
  const { flags, values = {}, words } = command;
  const names = ['help', 'json', ...Object.keys(flags)];
  const options = {
    ...Object.fromEntries(names.map((name) => [name, { type: 'boolean' as const }])),
    ...Object.fromEntries(Object.keys(values).map((name) => [name, { type: 'string' as const }])),
  };
  const parsed = parse({ args: [...argv], options, allowPositionals: words !== undefined });
  const given = Object.entries(parsed.values);
  return {
    flags: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
    values: new Map(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
    words: parsed.positionals,
  };
}

function parse(config: Parameters<typeof parseArgs>[0]): ReturnType<typeof parseArgs> {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw new CodedError('MF_ERR_VALIDATION', (cause as Error).message, { cause });
  }
}
