import type { ConnectorContext } from '../connector.ts';
import type { FailureCode } from '../failure-code.ts';
import type { ListedPost, ListRequest } from '../listing.ts';
import { PluginError } from '../plugin-error.ts';
import { assertMayGoOn } from './first-choice.ts';
import { ENGINE_FAILURES, findMostTelling, toPluginError } from './failure-rank.ts';

/** One way to read a profile or a list. */
export interface Lister {
  readonly name: string;
  /** Failures of the lister before, besides those of `ENGINE_FAILURES`, after which this one is worth a try. */
  readonly alsoAfter?: readonly FailureCode[];
  list(context: ConnectorContext, request: ListRequest): AsyncIterable<ListedPost>;
}

/**
 * Reads a list with the first lister that can: the next one is tried when one fails before its first post in a way that
 * says nothing of the list. After a first post there is no other: its posts would come twice, in another order.
 * @throws the most telling failure
 */
export async function* listByChain(
  listers: readonly Lister[],
  context: ConnectorContext,
  request: ListRequest,
): AsyncGenerator<ListedPost> {
  const failures: PluginError[] = [];
  for (const lister of listers) {
    const before = failures.at(-1);
    if (before !== undefined && !mayFollow(lister, before.code)) continue;
    if (before !== undefined) assertMayGoOn(context, before, findMostTelling(failures));
    let listed = 0;
    try {
      for await (const post of lister.list(context, request)) {
        yield post;
        listed += 1;
        if (listed >= request.limit) return;
      }
      return;
    } catch (thrown) {
      const failure = toPluginError(thrown);
      if (context.signal.aborted || listed > 0) throw failure;
      failures.push(failure);
      context.log.info({ lister: lister.name, code: failure.code }, failure.message);
    }
  }
  throw findMostTelling(failures) ?? new PluginError('MF_ERR_PLUGIN', 'The connector knows no way to read this list.');
}

function mayFollow({ alsoAfter = [] }: Lister, code: FailureCode): boolean {
  return ENGINE_FAILURES.includes(code) || alsoAfter.includes(code);
}
