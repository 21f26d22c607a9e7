import { CodedError } from '../../errors.ts';
import type { AdminCommand } from '../system/index.ts';
import type { AccountsService } from './accounts-service.ts';
import type { UserDoc } from './models.ts';

/** An account as the owner of the machine sees it. */
export interface AccountView {
  readonly id: string;
  readonly username: string;
  readonly role: string;
  readonly disabled: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

type Argument = Parameters<AdminCommand>[0];

/** What `mediafetcher user` asks for. */
export function accountCommands(accounts: AccountsService): Readonly<Record<string, AdminCommand>> {
  return {
    'user.list': async () => {
      const users = await accounts.household.list();
      return users.filter(({ leaving }) => leaving !== true).map(viewOf);
    },
    'user.add': async (argument) => {
      const credentials = { username: textOf(argument, 'name'), password: textOf(argument, 'password') };
      if (await accounts.setupNeeded()) return viewOf(await accounts.createFirstAdmin(credentials));
      const role = textOf(argument, 'role') === 'admin' ? 'admin' : 'user';
      return viewOf(await accounts.create(credentials, role));
    },
    'user.password': async (argument) => {
      const { _id } = await accounts.named(textOf(argument, 'name'));
      return viewOf(await accounts.household.reset(_id.toHexString(), textOf(argument, 'password')));
    },
  };
}

function textOf(argument: Argument, name: string): string {
  const value = argument[name];
  if (typeof value !== 'string') throw new CodedError('MF_ERR_VALIDATION', `The command needs ${name}.`);
  return value;
}

function viewOf({ _id, username, role, disabled = false, createdAt }: UserDoc): AccountView {
  return { id: _id.toHexString(), username, role, disabled, createdAt: createdAt.toISOString() };
}
