import { helpFor } from './failure-help.ts';
import type { FailureAction } from './failure-help.ts';
import type { DownloadDoc, DownloadStatus } from './model.ts';
import type { Tally } from './parents/tally.rules.ts';

/** How the posts of a profile or a list are doing. */
export interface ChildrenView extends Tally {
  /** So many posts are wanted at most. */
  readonly limit: number;
  /** False while the list is read. */
  readonly listed: boolean;
  /** Why the list could not be read to its end. */
  readonly listErrorCode: string | null;
}

/** Where a post is filed. */
export interface FilingView {
  readonly folderId: string | null;
  readonly tags: readonly string[];
  readonly done: boolean;
  /** Why it is in the inbox instead of the folder. */
  readonly problem: string | null;
}

/** A download's record, as the API shows it. */
export interface DownloadView {
  readonly id: string;
  readonly url: string;
  readonly connector: string;
  readonly platform: string;
  readonly key: string | null;
  readonly type: string;
  readonly status: DownloadStatus;
  readonly stage: string | null;
  readonly progress: number;
  readonly indeterminate: boolean;
  readonly speed: number | null;
  readonly eta: number | null;
  readonly totalBytes: number | null;
  readonly filename: string | null;
  readonly outputPath: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** What helps after a failure, and which button does it. */
  readonly help: string | null;
  readonly helpAction: FailureAction | null;
  readonly attempts: number;
  readonly heldUntil: Date | null;
  readonly heldReason: string | null;
  readonly meta: DownloadDoc['meta'];
  /** Names of the request headers that the person gave; their values are never shown. */
  readonly headers: readonly string[];
  /** The list that this post was found in. */
  readonly parentId: string | null;
  /** Of a profile or a list: how its posts are doing. */
  readonly children: ChildrenView | null;
  /** Where the post is filed once it is there. */
  readonly filing: FilingView | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export function downloadView(download: DownloadDoc): DownloadView {
  const { errorCode, link } = download;
  const help = errorCode === undefined ? undefined : helpFor(errorCode, link.platform, 'en');
  return {
    id: download._id.toString(),
    url: download.url,
    connector: download.link.connector,
    platform: download.link.platform,
    key: download.key ?? null,
    type: download.link.kind,
    status: download.status,
    stage: download.stage ?? null,
    progress: download.progress,
    indeterminate: download.indeterminate,
    speed: download.speed ?? null,
    eta: download.eta ?? null,
    totalBytes: download.totalBytes ?? null,
    filename: download.filename ?? null,
    outputPath: download.outputPath ?? null,
    errorCode: download.errorCode ?? null,
    errorMessage: download.errorMessage ?? null,
    help: help?.help ?? null,
    helpAction: help?.action ?? null,
    attempts: download.attempt,
    heldUntil: download.heldUntil ?? null,
    heldReason: download.heldReason ?? null,
    meta: download.meta,
    headers: [...(download.headers?.names ?? [])],
    parentId: download.parent?.toString() ?? null,
    children: childrenView(download),
    filing: filingView(download),
    createdAt: download.createdAt,
    startedAt: download.startedAt ?? null,
    finishedAt: download.finishedAt ?? null,
  };
}

function childrenView({ list }: DownloadDoc): ChildrenView | null {
  if (list === undefined) return null;
  return { ...list.tally, limit: list.limit, listed: list.expanded, listErrorCode: list.errorCode ?? null };
}

function filingView({ filing }: DownloadDoc): FilingView | null {
  if (filing === undefined) return null;
  const { folder, tags = [], doneAt, problem } = filing;
  return { folderId: folder?.toString() ?? null, tags, done: doneAt !== undefined, problem: problem ?? null };
}
