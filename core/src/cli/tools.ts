import { CodedError } from '../errors.ts';
import type { ToolStatus } from '../features/tools/index.ts';
import type { ToolVersions, UpdateReport } from '../tools/index.ts';
import type { Command, CommandContext } from './command.ts';

const VERBS: Readonly<Record<string, (context: CommandContext) => Promise<readonly string[]>>> = {
  async list({ ask }) {
    // The command of that name gives this.
    return ((await ask('tools-list', {})) as readonly ToolStatus[]).map(lineOf);
  },
  async update({ ask }) {
    // As above.
    const { result, from, to } = (await ask('tools-update', {})) as UpdateReport;
    if (result === 'offline') return ['The package index cannot be reached; the tools stay as they are.'];
    if (result !== 'updated') return [`There is nothing newer than ${versionsOf(from)}.`];
    return [`${versionsOf(to)}, in place of ${versionsOf(from)}.`];
  },
  async rollback({ ask }) {
    // As above.
    return [`Back to ${versionsOf((await ask('tools-rollback', {})) as ToolVersions)}.`];
  },
};

/** `mediafetcher tools list|update|rollback`: the outside programs. */
export const tools: Command = {
  summary: 'Tools: tools list, tools update (yt-dlp and gallery-dl), tools rollback.',
  words: 'list | update | rollback',
  flags: {},
  async run({ words }, context) {
    const [verb = '', ...rest] = words;
    const carryOut = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
    if (carryOut === undefined || rest.length > 0)
      throw new CodedError('MF_ERR_VALIDATION', 'Say tools list, tools update or tools rollback.');
    const answers: unknown[] = [];
    const ask: CommandContext['ask'] = async (command, argument) => {
      const answer = await context.ask(command, argument);
      answers.push(answer);
      return answer;
    };
    const lines = await carryOut({ ...context, ask });
    for (const line of context.json ? answers.map((answer) => JSON.stringify(answer)) : lines) context.print(line);
    return 0;
  },
};

function lineOf({ name, found, source, version, path }: ToolStatus): string {
  return [name.padEnd(10), found ? (version ?? '') : 'missing', source, path ?? ''].join('  ').trimEnd();
}

function versionsOf(versions: ToolVersions): string {
  return `yt-dlp ${versions['yt-dlp']} and gallery-dl ${versions['gallery-dl']}`;
}
