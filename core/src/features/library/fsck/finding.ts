/** What can be wrong. */
export type FindingKind =
  /** `refCount` is not the length of `refs`, or a reference is in it twice. */
  | 'count'
  /** Somebody is named who does not hold it, or somebody holds it who is not named. */
  | 'reference'
  /** Nobody holds it. */
  | 'unheld'
  /** It stands between two states, and nobody works on it. */
  | 'between'
  | 'post-missing'
  | 'medium-missing'
  | 'file-missing'
  | 'file-size'
  | 'file-hash'
  /** A file without a document. */
  | 'file-unknown'
  /** A file on its way to be deleted, left there. */
  | 'file-aside'
  /** A folder says another number than that of its posts. */
  | 'folder-count'
  | 'thumbnail-missing'
  | 'thumbnail-unknown';

export interface Difference {
  readonly kind: FindingKind;
  /** The document or file. */
  readonly what: string;
  /** One sentence. */
  readonly detail: string;
}

/** A difference, with what would make it good; without a repair only a person can. */
export interface Finding extends Difference {
  /** False when it could not be done after all. */
  readonly repair?: () => Promise<boolean>;
}

export interface ReportedDifference extends Difference {
  readonly repaired: boolean;
}

export interface FsckReport {
  readonly checked: { readonly links: number; readonly posts: number; readonly media: number; readonly files: number };
  readonly differences: readonly ReportedDifference[];
  /** Differences that are still there. */
  readonly left: number;
}

export interface FsckOptions {
  /** Makes good what is safe; deletes nothing that it is not sure of. @default false */
  readonly repair?: boolean;
  /** Counts and references alone, without looking at the disk. @default false */
  readonly documentsOnly?: boolean;
  /** Reads every file. @default false */
  readonly verifyHashes?: boolean;
  /** Milliseconds after which a suspicion is looked at again: work that is under way is no difference. @default 500 */
  readonly settleMs?: number;
  readonly signal?: AbortSignal;
}
