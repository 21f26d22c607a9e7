import { EventEmitter } from 'node:events';
import type { DownloadDoc } from './model.ts';

/** One event of R26, with its number in this process. */
export interface DownloadEvent {
  readonly id: number;
  readonly userId: string;
  readonly jobId: string;
  readonly name: 'progress' | 'completed' | 'failed' | 'job-update';
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whether an admin has stopped all downloads, and when. */
export interface QueueState {
  readonly paused: boolean;
  readonly since?: Date;
}

/** A download that is over, completed or failed; it may be tried again later. */
export interface EndedDownload {
  readonly userId: string;
  readonly platform: string;
  readonly status: 'completed' | 'failed';
  /** Of the post that was saved. */
  readonly bytes: number;
}

const KEPT = 2000;

interface Events {
  event: [DownloadEvent];
  /** The document after a change. */
  change: [DownloadDoc];
  /** Once for each end, by whose update ended it. */
  ended: [EndedDownload];
  removed: [{ userId: string; jobId: string }];
  queue: [QueueState];
}

/** Under which name changes of a person's downloads are told, or of one of them. */
export function followedBy(userId: string, jobId?: string): string {
  return jobId === undefined ? `person ${userId}` : `person ${userId}, download ${jobId}`;
}

/** What happens to downloads, in this process; keeps the last events for clients that come back. */
export class DownloadEmitter extends EventEmitter<Events> {
  /** Tells the streams of two processes apart. */
  readonly epoch = Date.now().toString(36);
  /** Changes by whose they are and which: hundreds of pages need not look at all of them. Names as {@link followedBy} gives them. */
  readonly followed = new EventEmitter<Record<string, [DownloadDoc]>>();
  readonly #recent: DownloadEvent[] = [];
  #next = 1;

  constructor() {
    super();
    // One listener for each open page.
    this.setMaxListeners(0);
    this.followed.setMaxListeners(0);
  }

  changed(download: DownloadDoc, size?: number): void {
    this.#tell(download, payloadOf(download, size));
  }

  /** The one update that ended it. */
  ended(download: DownloadDoc, size?: number): void {
    this.changed(download, size);
    const { status, user, link } = download;
    // A list counts by its posts.
    if ((status !== 'completed' && status !== 'failed') || download.list !== undefined) return;
    this.emit('ended', { userId: user.toString(), platform: link.platform, status, bytes: size ?? 0 });
  }

  /** A worker begins with it: a change of state, while what follows is progress. */
  started(download: DownloadDoc): void {
    this.#tell(download, updateOf(download));
  }

  #tell(download: DownloadDoc, payload: Payload): void {
    const userId = download.user.toString();
    const jobId = download._id.toString();
    this.emit('change', download);
    this.followed.emit(followedBy(userId), download);
    this.followed.emit(followedBy(userId, jobId), download);
    const event = { id: this.#next++, userId, jobId, ...payload };
    this.#recent.push(event);
    if (this.#recent.length > KEPT) this.#recent.shift();
    this.emit('event', event);
  }

  /** Events after `lastEventId`; undefined when they are not all here any more. */
  since(lastEventId: string): DownloadEvent[] | undefined {
    const [epoch, text] = lastEventId.split('-');
    const last = Number(text);
    const first = this.#recent[0]?.id ?? this.#next;
    if (epoch !== this.epoch || !Number.isInteger(last) || last + 1 < first) return undefined;
    return this.#recent.filter(({ id }) => id > last);
  }
}

type Payload = Pick<DownloadEvent, 'name' | 'data'>;

const updateOf = ({ _id, status, stage, progress }: DownloadDoc): Payload => ({
  name: 'job-update',
  data: { jobId: _id.toString(), status, stage, progress },
});

function payloadOf(download: DownloadDoc, size?: number): Payload {
  const { status, stage, progress, speed, eta, totalBytes } = download;
  const jobId = download._id.toString();
  switch (status) {
    case 'completed':
      return {
        name: 'completed',
        data: { jobId, filename: download.filename, size: size ?? totalBytes, outputPath: download.outputPath },
      };
    case 'failed':
      return { name: 'failed', data: { jobId, errorCode: download.errorCode, message: download.errorMessage } };
    case 'running':
      return { name: 'progress', data: { jobId, stage, progress, speed, eta, totalBytes } };
    default:
      return updateOf(download);
  }
}
