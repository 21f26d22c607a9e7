import { startRun } from '../start-run.ts';
import { requireTool } from '../tool-context.ts';
import type { ToolContext } from '../tool-context.ts';
import { prepareGalleryDl } from './run.ts';

/** Characters of a listing that are read; what one post has stays far below. */
const MAX_LISTING = 4_000_000;

/**
 * Asks gallery-dl, with the person's cookies, which post a share link leads to. Nothing is downloaded.
 * @returns an address that still has to be judged; undefined when the listing names none
 * @throws PluginError for what the platform refuses
 */
export async function resolveLink(context: ToolContext, url: string): Promise<string | undefined> {
  const run = startRun<never, string | undefined>(context, async (handle) => {
    const lines: string[] = [];
    let length = 0;
    const outcome = await prepareGalleryDl(context, { url, extra: ['-j'] }, async (argv) =>
      handle.process({
        tool: 'gallery-dl',
        file: requireTool(context, 'gallery-dl'),
        arguments: argv,
        onStdout({ text }) {
          length += text.length;
          if (length <= MAX_LISTING) lines.push(text);
        },
      }),
    );
    await handle.judge({ outcome, tool: 'gallery-dl', files: 0, wants: 'listing' });
    return parsePostAddress(lines.join('\n'));
  });
  return run.finished;
}

/** gallery-dl's words for «there is another address to ask» and for «this is a post». */
const QUEUE = 6;
const DIRECTORY = 2;

/** The address of the first post that a listing (`-j`) names. */
export function parsePostAddress(listing: string): string | undefined {
  for (const row of parseRows(listing)) {
    if (!Array.isArray(row)) continue;
    const [kind, subject] = row as unknown[];
    if (kind === QUEUE && typeof subject === 'string') return subject;
    if (kind !== DIRECTORY || typeof subject !== 'object' || subject === null) continue;
    const address: unknown = 'post_url' in subject ? subject.post_url : undefined;
    if (typeof address === 'string') return address;
  }
  return undefined;
}

function parseRows(listing: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(listing);
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // Cut, or no listing: it names nothing.
  }
}
