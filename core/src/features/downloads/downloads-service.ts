import type { DownloadControl } from './control.ts';
import type { DownloadsQuery } from './downloads-query.ts';
import type { DownloadEmitter } from './events.ts';
import type { SubmitRequest, Submitted } from './submit.ts';

/** What other features and the API may do with downloads. */
export interface DownloadsService {
  readonly events: DownloadEmitter;
  readonly query: DownloadsQuery;
  readonly control: DownloadControl;
  /** Takes a link. @throws MF_ERR_URL_… · MF_ERR_VALIDATION */
  submit(request: SubmitRequest): Promise<Submitted>;
}
