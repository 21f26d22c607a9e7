import type { FastifyInstance } from 'fastify';
import { CodedError } from '../../errors.ts';
import { pluginId } from '../plugins/index.ts';
import { ANONYMOUS } from './accounts.ts';
import { viewPlugin } from './plugin-view.rules.ts';

/** One plugin, as `mediafetcher plugin list` shows it. */
export interface PluginRow {
  readonly id: string;
  readonly state: string;
  readonly reason: string | null;
}

/** `plugin.list` and `plugin.switch` for the owner of the machine. */
export function addPluginCommands(app: FastifyInstance): void {
  const { admin } = app.system;
  const list = async (): Promise<PluginRow[]> => {
    const [plugins, statuses] = await Promise.all([app.plugins.list(), app.platforms.statuses()]);
    return plugins
      .map((plugin) => viewPlugin(plugin, pluginId(plugin), statuses, ANONYMOUS))
      .map(({ id, state, reason }) => ({ id, state, reason }));
  };
  admin.add('plugin.list', list);
  admin.add('plugin.switch', async ({ id, enabled }) => {
    if (typeof id !== 'string' || typeof enabled !== 'boolean') throw new CodedError('MF_ERR_VALIDATION');
    await app.plugins.setEnabled(id, enabled, 'cli');
    return (await list()).filter((row) => row.id === id);
  });
}
