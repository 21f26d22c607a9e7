import type { FailureCode } from '@mediafetcher/sdk';
import { collectFailureText, parseErrorRows } from './failure-text.ts';
import type { FailureText } from './failure-text.ts';
import { RULES, SURE_RULES, VAGUE_CODES } from './rules.ts';
import type { Rule } from './rules.ts';
import { describeFailure } from './sentences.ts';
import type { StopReason, ToolRun, Verdict } from './tool-run.ts';

/** Less free space than this after a failure, in bytes, explains the failure. */
const LITTLE_SPACE = 4 * 1024 * 1024;

/** Judges a run by its words, its exit and its files together; the exit code alone proves nothing. */
export function judgeRun(run: ToolRun): Verdict {
  if (run.stopped === 'aborted') return { kind: 'cancelled' };
  if (succeeded(run)) return { kind: 'ok' };
  const text = collectFailureText(run);
  if (run.stopped === undefined && wasInterrupted(run, text)) return { kind: 'cancelled' };
  const code = refine(codeOf(run, text), run, text);
  return { kind: 'failed', failure: { code, message: describeFailure(code, run) } };
}

function refine(code: FailureCode, run: ToolRun, { all }: FailureText): FailureCode {
  // What a session does not include is no refusal of the session: fresh cookies of the same account would not help.
  if (run.withCookies === true && code === 'MF_ERR_LOGIN_REQUIRED' && NOT_INCLUDED.test(all)) return 'MF_ERR_PRIVATE';
  // It is there: what ended it when yt-dlp looked (too little memory, a person) may not come again.
  if (run.hasFfmpeg === true && code === 'MF_ERR_TOOL_MISSING' && NO_FFMPEG.test(all)) return 'MF_ERR_TIMEOUT';
  return code;
}

const NOT_INCLUDED =
  /members.only|Join this channel|channel'?s? members|Quarantined|account that has opted in|requires payment|\[reddit\]\[error\] AuthorizationError/i;

/** What yt-dlp says when ffmpeg did not tell it its version. */
const NO_FFMPEG = /ff(?:mpeg|probe) (?:is )?not (?:installed|found)/i;

function succeeded(run: ToolRun): boolean {
  if (run.stopped !== undefined || run.missing === true || run.signal !== undefined || run.exitCode !== 0) return false;
  if (run.wants !== 'listing') return run.files > 0;
  const listing = run.stdout.trim();
  return listing !== '' && listing !== '[]' && listing !== 'null' && parseErrorRows(listing).length === 0;
}

/** Someone else told it to stop: a shutdown, a person at a terminal. Its platform's own refusals count more. */
function wasInterrupted(run: ToolRun, text: FailureText): boolean {
  if (/Interrupted by user|KeyboardInterrupt/.test(text.all)) return true;
  const asked = run.signal === 'SIGTERM' || run.signal === 'SIGINT' || run.signal === 'SIGHUP';
  return asked && firstMatch(SURE_RULES, text.all, run) === undefined;
}

function codeOf(run: ToolRun, text: FailureText): FailureCode {
  if (run.missing === true || run.exitCode === 126 || run.exitCode === 127) return 'MF_ERR_TOOL_MISSING';
  if (run.stopped !== undefined && run.stopped in BY_OUR_STOP) return BY_OUR_STOP[run.stopped as StopReason];
  const sure = firstMatch(SURE_RULES, text.all, run);
  if (run.stopped === 'timed-out') return sure ?? 'MF_ERR_TIMEOUT';
  const said = codeByWords(run, text);
  const fullDisk = run.freeBytes !== undefined && run.freeBytes < LITTLE_SPACE;
  if (fullDisk && !isDisk(said)) return 'MF_ERR_DISK_FULL';
  return said ?? codeByExit(run);
}

const BY_OUR_STOP: Readonly<Record<StopReason, FailureCode>> = {
  'too-large': 'MF_ERR_TOO_LARGE',
  'rate-limited': 'MF_ERR_RATE_LIMITED',
  'cookies-refused': 'MF_ERR_LOGIN_REQUIRED',
};

function isDisk(code: FailureCode | undefined): boolean {
  return code === 'MF_ERR_DISK_FULL' || code === 'MF_ERR_DISK_READ_ONLY' || code === 'MF_ERR_TOO_LARGE';
}

function codeByWords(run: ToolRun, text: FailureText): FailureCode | undefined {
  // gallery-dl warns of a request that has failed for good, then stumbles over the hole: one text.
  const byError = firstMatch(RULES, run.tool === 'gallery-dl' ? text.all : text.errors, run);
  const sure = firstMatch(SURE_RULES, text.all, run);
  // A refusal in a warning is the cause of an error that comes later; an error that speaks of access is more exact.
  if (sure !== undefined && (byError === undefined || !SPEAKS_OF_ACCESS.has(byError))) return sure;
  if (byError !== undefined && !VAGUE_CODES.has(byError)) return byError;
  const byAll = firstMatch(RULES, text.all, run);
  return byAll ?? byError;
}

const SPEAKS_OF_ACCESS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'MF_ERR_PRIVATE',
  'MF_ERR_GEO_BLOCKED',
  'MF_ERR_LOGIN_REQUIRED',
]);

function firstMatch(rules: readonly Rule[], text: string, run: ToolRun): FailureCode | undefined {
  if (text === '') return undefined;
  const platform = run.platform ?? platformInText(text);
  return rules.find(
    (rule) =>
      (rule.tool === undefined || rule.tool === run.tool) &&
      (rule.platform === undefined || rule.platform === platform) &&
      rule.words.test(text),
  )?.code;
}

/** The tools put the name of their extractor before each message. */
function platformInText(text: string): string | undefined {
  const name = /\[(instagram|tiktok|reddit|twitter|youtube)[\w:]*\]/i.exec(text)?.[1]?.toLowerCase();
  return name === 'twitter' ? 'x' : name;
}

function codeByExit(run: ToolRun): FailureCode {
  if (run.signal !== undefined) return 'MF_ERR_INTERNAL';
  if (run.tool === 'gallery-dl') return codeOfGalleryDlBits(run.exitCode ?? 1);
  if (run.tool === 'yt-dlp' && run.exitCode === 0) return run.documents === 0 ? 'MF_ERR_NO_MEDIA' : 'MF_ERR_TOO_LARGE';
  if (run.tool === 'twmd' && run.exitCode === 0) return 'MF_ERR_NO_MEDIA';
  if (run.tool === 'ffprobe') return 'MF_ERR_CORRUPT';
  return 'MF_ERR_INTERNAL';
}

const GALLERY_DL_BITS: readonly (readonly [number, FailureCode])[] = [
  [8, 'MF_ERR_CHALLENGE'],
  [16, 'MF_ERR_LOGIN_REQUIRED'],
  [64, 'MF_ERR_UNSUPPORTED'],
  [128, 'MF_ERR_DISK_READ_ONLY'],
  [32, 'MF_ERR_INTERNAL'],
  [2, 'MF_ERR_INTERNAL'],
  [4, 'MF_ERR_TOOL_OUTDATED'],
  [1, 'MF_ERR_TOOL_OUTDATED'],
];

function codeOfGalleryDlBits(exitCode: number): FailureCode {
  return GALLERY_DL_BITS.find(([bit]) => (exitCode & bit) !== 0)?.[1] ?? 'MF_ERR_NO_MEDIA';
}
