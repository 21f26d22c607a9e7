import type { Config } from '../config.ts';
import { CodedError } from '../errors.ts';
import { add } from './add.ts';
import { openDoor } from './ask-server.ts';
import type { Command } from './command.ts';
import { fsck } from './fsck.ts';
import { helpOf, helpOfAll } from './help.ts';
import { parseGiven } from './parse-given.ts';
import { plugin } from './plugin.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { status } from './status.ts';
import { tools } from './tools.ts';
import { user } from './user.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['add', add],
  ['fsck', fsck],
  ['plugin', plugin],
  ['rotate-secrets', rotateSecrets],
  ['status', status],
  ['tools', tools],
  ['user', user],
]);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** `mediafetcher CMD [--json]`; sets the exit code: 2 for a command that is none, or that could not be carried out. */
export async function runCli(argv: readonly string[], config: Config): Promise<void> {
  const [name = '--help', ...rest] = argv;
  const command = COMMANDS.get(name);
  if (command === undefined) {
    (name === '--help' ? print : complain)(helpOfAll(COMMANDS));
    process.exitCode = name === '--help' ? 0 : 2;
    return;
  }
  try {
    process.exitCode = await runCommand(name, command, rest, config);
  } catch (error) {
    complain(error instanceof CodedError ? `${error.code}: ${error.message}` : (error as Error).message);
    process.exitCode = 2;
  }
}

async function runCommand(name: string, command: Command, argv: readonly string[], config: Config): Promise<number> {
  const given = parseGiven(command, argv);
  if (given.flags.has('help')) {
    print(helpOf(name, command));
    return 0;
  }
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  const { downloads = false } = command;
  // Only what runs for long ends in an orderly way; the others simply end.
  if (downloads) process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  await using door = openDoor(config, downloads);
  const ask = async (to: string, argument: object): Promise<unknown> => door.ask(to, argument);
  return await command.run(given, { config, json: given.flags.has('json'), print, signal: interrupted.signal, ask });
}
