import type { AccountView } from '../features/accounts/index.ts';
import { CodedError } from '../errors.ts';
import type { Command, CommandContext, Given } from './command.ts';
import { readPassword } from './read-password.ts';

const VERBS: Readonly<Record<string, (name: string, given: Given, context: CommandContext) => Promise<number>>> = {
  async add(name, { flags }, context) {
    const role = flags.has('admin') ? 'admin' : 'user';
    const made = await change(context, 'user.add', { name: named(name), password: await readPassword(), role });
    const first = made.role === role ? '' : ', as the first one';
    report(context, made, `${made.username} may sign in (${made.role}${first}).`);
    return 0;
  },
  async password(name, _given, context) {
    const changed = await change(context, 'user.password', { name: named(name), password: await readPassword() });
    report(context, changed, `${changed.username} has a new password and is signed out everywhere.`);
    return 0;
  },
  async list(_name, _given, { ask, json, print }) {
    // The command of that name gives this.
    const accounts = (await ask('user.list', {})) as readonly AccountView[];
    if (json) print(JSON.stringify(accounts));
    else for (const account of accounts) print(lineOf(account));
    return 0;
  },
};

/** `mediafetcher user add|password|list`: accounts of the household, from the machine that it runs on. */
export const user: Command = {
  summary:
    'Accounts: user add NAME, user password NAME, user list. A password is asked for, or read from standard input.',
  words: 'add NAME | password NAME | list',
  flags: { admin: 'with add: who may manage everything; the first account always may' },
  async run(given, context) {
    const [verb = '', name = '', ...rest] = given.words;
    const carryOut = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (carryOut === undefined || rest.length > 0)
      throw new CodedError('MF_ERR_VALIDATION', 'Say user add NAME, user password NAME or user list.');
    return carryOut(name, given, context);
  },
};

async function change({ ask }: CommandContext, command: string, argument: object): Promise<AccountView> {
  // The commands of accounts give the account.
  return (await ask(command, argument)) as AccountView;
}

function named(name: string): string {
  if (name === '') throw new CodedError('MF_ERR_VALIDATION', 'Say whose account it is.');
  return name;
}

function report({ json, print }: CommandContext, account: AccountView, sentence: string): void {
  print(json ? JSON.stringify(account) : sentence);
}

function lineOf({ username, role, disabled, createdAt }: AccountView): string {
  return [username.padEnd(24), role.padEnd(5), createdAt.slice(0, 10), disabled ? 'disabled' : ''].join('  ').trimEnd();
}
