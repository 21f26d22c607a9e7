import { parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { askServer } from './ask-server.ts';
import type { Command } from './command.ts';
import { fsck } from './fsck.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { status } from './status.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['fsck', fsck],
  ['rotate-secrets', rotateSecrets],
  ['status', status],
]);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** `mediafetcher CMD [--json]`; sets the exit code: 2 for a command that is none, or that could not be carried out. */
export async function runCli(argv: readonly string[], config: Config): Promise<void> {
  const [name = '--help', ...rest] = argv;
  const command = COMMANDS.get(name);
  if (command === undefined) {
    (name === '--help' ? print : complain)(helpOfAll());
    process.exitCode = name === '--help' ? 0 : 2;
    return;
  }
  try {
    const flags = parseFlags(command, rest);
    if (flags.has('help')) {
      print(helpOf(name, command));
      return;
    }
    const ask = async (to: string, argument: object): Promise<unknown> => askServer(config, to, argument);
    process.exitCode = await command.run(flags, { config, json: flags.has('json'), print, ask });
  } catch (error) {
    complain(error instanceof CodedError ? `${error.code}: ${error.message}` : (error as Error).message);
    process.exitCode = 2;
  }
}

function parseFlags(command: Command, argv: readonly string[]): ReadonlySet<string> {
  const names = ['help', 'json', ...Object.keys(command.flags)];
  const options = Object.fromEntries(names.map((flag) => [flag, { type: 'boolean' as const }]));
  return new Set(Object.keys(parseArgs({ args: [...argv], options }).values));
}

function helpOfAll(): string {
  const list = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return ['Usage: mediafetcher COMMAND [--json] [--help]', '', ...list].join('\n');
}

function helpOf(name: string, { summary, flags }: Command): string {
  const list = Object.entries({ ...flags, json: 'JSON instead of text', help: 'this' });
  return [
    `Usage: mediafetcher ${name} [FLAGS]`,
    '',
    summary,
    '',
    ...list.map(([flag, meaning]) => `  --${flag.padEnd(16)} ${meaning}`),
  ].join('\n');
}
