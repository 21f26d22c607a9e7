import type { RotationReport } from '../features/vault/index.ts';
import type { Command } from './command.ts';

/** `mediafetcher rotate-secrets`: new keys for everything that is sealed. Ends with 1 when something could not be opened. */
export const rotateSecrets: Command = {
  summary: 'Gives cookies and other secrets a new key, and makes a new master key where it is ours.',
  flags: {},
  async run(_given, { ask, json, print }) {
    // The command of that name gives this.
    const report = (await ask('rotate-secrets', {})) as RotationReport;
    if (json) print(JSON.stringify(report));
    else for (const line of sentencesOf(report)) print(line);
    return report.unreadable === 0 ? 0 : 1;
  },
};

function sentencesOf({ renewed, unreadable, newMasterKey }: RotationReport): string[] {
  return [
    `${renewed} sealed ${renewed === 1 ? 'value has' : 'values have'} a new key.`,
    newMasterKey
      ? 'There is a new master key; access tokens made with the old one end at the next start of the server.'
      : 'The master key is your own (SECRET_KEY or SECRET_KEY_FILE) and stays as it is.',
    ...(unreadable === 0 ? [] : [`${unreadable} were sealed under a key that is not here: send those cookies again.`]),
  ];
}
