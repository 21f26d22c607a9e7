import { CodedError } from '../../errors.ts';
import type { AttemptLogs } from './attempt-logs.ts';
import type { Controls } from './parents/list-control.ts';
import { ACTIVE } from './model.ts';
import type { DownloadModels } from './model.ts';

interface Dependencies {
  readonly models: Pick<DownloadModels, 'Download'>;
  readonly control: Pick<Controls, 'cancel'>;
  readonly logs: Pick<AttemptLogs, 'removeAll'>;
}

/** Ends and forgets all downloads of a person. False while a post of theirs is just being put away. */
export async function removeDownloadsOf(userId: string, { models, control, logs }: Dependencies): Promise<boolean> {
  const { Download } = models;
  const active = { user: userId, status: { $in: [...ACTIVE] } };
  for (const { _id } of await Download.find(active, { _id: 1 }).lean()) {
    try {
      await control.cancel(userId, _id.toHexString());
    } catch (error) {
      // It has ended meanwhile, or ends in a moment.
      if (!(error instanceof CodedError) || error.statusCode >= 500) throw error;
    }
  }
  if ((await Download.exists(active)) !== null) return false;
  await Download.deleteMany({ user: userId });
  await logs.removeAll(userId);
  return true;
}
