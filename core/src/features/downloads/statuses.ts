/** What a download can be. */
export const STATUSES = ['queued', 'running', 'paused', 'failed', 'completed', 'cancelled'] as const;
export type DownloadStatus = (typeof STATUSES)[number];

/** Not over yet. */
export const ACTIVE = ['queued', 'running', 'paused'] as const satisfies readonly DownloadStatus[];
