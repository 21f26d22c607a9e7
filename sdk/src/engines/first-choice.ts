import type { ConnectorContext } from '../connector.ts';
import { PluginError } from '../plugin-error.ts';

/**
 * Ends a search that would go on to a next choice, where the platform is to be asked by the first one only. A tool that
 * is not there has asked nothing: the next one is the first.
 * @param last the failure after which the next choice would be asked
 * @param report what is told of the search
 * @throws report, marked as `untried`
 */
export function assertMayGoOn(
  { firstChoiceOnly = false }: Pick<ConnectorContext, 'firstChoiceOnly'>,
  last: PluginError,
  report: PluginError = last,
): void {
  if (!firstChoiceOnly || last.code === 'MF_ERR_TOOL_MISSING') return;
  const { code, message, retryAfterMs } = report;
  throw new PluginError(code, message, {
    cause: report,
    untried: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
