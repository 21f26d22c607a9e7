import type { Command } from './command.ts';

/** All commands, a line each. */
export function helpOfAll(commands: ReadonlyMap<string, Command>): string {
  const width = Math.max(...[...commands.keys()].map(({ length }) => length));
  const list = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)} ${summary}`);
  return ['Usage: mediafetcher COMMAND [--json] [--help]', '', ...list].join('\n');
}

/** One command, with all that can be said to it. */
export function helpOf(name: string, { summary, words = '', flags, values = {} }: Command): string {
  const all = { ...flags, ...values, json: 'JSON instead of text', help: 'this' };
  return [
    ['Usage: mediafetcher', name, words, '[FLAGS]'].filter((part) => part !== '').join(' '),
    '',
    summary,
    '',
    ...Object.entries(all).map(([flag, meaning]) => `  --${flag.padEnd(16)} ${meaning}`),
  ].join('\n');
}
