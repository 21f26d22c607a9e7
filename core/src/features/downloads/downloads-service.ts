import type { BulkControl } from './bulk-control.ts';
import type { Controls } from './parents/list-control.ts';
import type { DownloadsQuery } from './downloads-query.ts';
import type { DownloadEmitter } from './events.ts';
import type { QueuePause } from './queue-switch.ts';
import type { WorkerView } from './connections.ts';
import type { SubmitRequest, Submitted } from './submit.ts';

/** What other features and the API may do with downloads. */
export interface DownloadsService {
  readonly events: DownloadEmitter;
  readonly query: DownloadsQuery;
  readonly control: Controls;
  readonly bulk: BulkControl;
  /** Stops all downloads of everybody; for admins. */
  readonly pause: QueuePause;
  /** Takes a link. @throws MF_ERR_URL_… · MF_ERR_VALIDATION */
  submit(request: SubmitRequest): Promise<Submitted>;
  /** The workers that are connected to this server. */
  workers(): WorkerView[];
  /** What the tools said in the last failed attempt of the person's own download. */
  logOf(userId: string, jobId: string): Promise<string | undefined>;
}
