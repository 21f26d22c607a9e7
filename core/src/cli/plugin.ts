import type { PluginRow } from '../features/platforms/index.ts';
import { CodedError } from '../errors.ts';
import type { Command, CommandContext } from './command.ts';

/** `mediafetcher plugin list|enable|disable`: what is installed, and its switches. */
export const plugin: Command = {
  summary: 'Plugins: plugin list, plugin enable ID, plugin disable ID. A switch counts at once.',
  words: 'list | enable ID | disable ID',
  flags: {},
  async run({ words }, context) {
    const [verb, id, ...rest] = words;
    if (rest.length > 0) throw misunderstood();
    if (verb === 'list' && id === undefined) return show(context, 'plugin.list', {});
    if ((verb !== 'enable' && verb !== 'disable') || id === undefined) throw misunderstood();
    return show(context, 'plugin.switch', { id, enabled: verb === 'enable' });
  },
};

async function show({ ask, json, print }: CommandContext, command: string, argument: object): Promise<number> {
  // Both commands give these.
  const rows = (await ask(command, argument)) as readonly PluginRow[];
  if (json) print(JSON.stringify(rows));
  else
    for (const { id, state, reason } of rows) print(`${id.padEnd(20)} ${state.padEnd(12)} ${reason ?? ''}`.trimEnd());
  return 0;
}

function misunderstood(): CodedError {
  return new CodedError('MF_ERR_VALIDATION', 'Say plugin list, plugin enable ID or plugin disable ID.');
}
