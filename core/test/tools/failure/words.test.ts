import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import { judgeRun } from '../../../src/tools/failure/judge-run.ts';
import type { ToolId, ToolRun, Verdict } from '../../../src/tools/failure/tool-run.ts';

const EXITS: Readonly<Record<ToolId, number>> = { 'yt-dlp': 1, 'gallery-dl': 4, twmd: 1, ffmpeg: 1, ffprobe: 1 };

function judge(tool: ToolId, words: string, facts: Partial<ToolRun> = {}): Verdict {
  const spoken = tool === 'twmd' ? { stdout: words, stderr: '' } : { stdout: '', stderr: words };
  return judgeRun({ tool, exitCode: EXITS[tool], files: 0, ...spoken, ...facts });
}

function codeOf(verdict: Verdict): string {
  return verdict.kind === 'failed' ? verdict.failure.code : verdict.kind;
}

/** Words from the sources of the tools, beside the recorded ones. */
const YT_DLP: readonly (readonly [string, FailureCode])[] = [
  ['[youtube] x: Private video. Sign in if you’ve been granted access to this video', 'MF_ERR_PRIVATE'],
  ['[youtube] x: This video has been removed by the uploader', 'MF_ERR_NOT_FOUND'],
  [
    '[youtube] x: Video unavailable. The YouTube account associated with this video has been terminated.',
    'MF_ERR_NOT_FOUND',
  ],
  ['[youtube] x: This video is not available', 'MF_ERR_NOT_FOUND'],
  [
    '[youtube] x: Sign in to confirm your age. This video may be inappropriate for some users.',
    'MF_ERR_LOGIN_REQUIRED',
  ],
  ["[youtube] x: Sign in to confirm you're not a bot. Use --cookies", 'MF_ERR_RATE_LIMITED'],
  [
    "[youtube] x: Video unavailable. This content isn't available, try again later. Your session has been rate-limited by YouTube for up to an hour",
    'MF_ERR_RATE_LIMITED',
  ],
  [
    '[youtube] x: Video unavailable. The uploader has not made this video available in your country',
    'MF_ERR_GEO_BLOCKED',
  ],
  [
    '[youtube] x: This video contains content from SME, who has blocked it in your country on copyright grounds',
    'MF_ERR_GEO_BLOCKED',
  ],
  [
    '[youtube] x: Requested format is not available. Use --list-formats for a list of available formats',
    'MF_ERR_NO_MEDIA',
  ],
  ['[youtube] x: This live event will begin in 3 hours.', 'MF_ERR_UNSUPPORTED'],
  ['[youtube] x: This video is DRM protected', 'MF_ERR_UNSUPPORTED'],
  [
    '[Instagram] x: Instagram sent an empty media response. Check if this post is accessible in your browser without being logged-in. If it is not, then use --cookies for the authentication',
    'MF_ERR_LOGIN_REQUIRED',
  ],
  ['[Instagram] x: This content is only available for registered users who follow this account', 'MF_ERR_PRIVATE'],
  ['[Instagram] x: There is no video in this post', 'MF_ERR_NO_MEDIA'],
  ['[Instagram] x: The provided Instagram account cookies are no longer valid', 'MF_ERR_LOGIN_REQUIRED'],
  ["[TikTok] x: This user's account is private. Log into an account that has access", 'MF_ERR_PRIVATE'],
  ['[TikTok] x: Fresh cookies (not necessarily logged in) are needed', 'MF_ERR_LOGIN_REQUIRED'],
  ['[TikTok] x: Unable to extract webpage video data; please report this issue on https://a/b', 'MF_ERR_TOOL_OUTDATED'],
  ['[TikTok] x: Failed to parse JSON (caused by JSONDecodeError("Expecting value"))', 'MF_ERR_RATE_LIMITED'],
  [
    '[Reddit] x: Quarantined subreddit; an account that has opted in is required. Use --cookies',
    'MF_ERR_LOGIN_REQUIRED',
  ],
  ['[Reddit] x: No media found', 'MF_ERR_NO_MEDIA'],
  ['[twitter] x: Twitter API says: Sorry, that page does not exist', 'MF_ERR_NOT_FOUND'],
  ['[twitter] x: Requested tweet is unavailable', 'MF_ERR_NOT_FOUND'],
  ['[twitter] x: Could not authenticate you', 'MF_ERR_LOGIN_REQUIRED'],
  ['[x] x: Unable to download webpage: HTTP Error 403: Forbidden', 'MF_ERR_LOGIN_REQUIRED'],
  ['[x] x: Unable to download webpage: HTTP Error 410: Gone', 'MF_ERR_NOT_FOUND'],
  ['[x] x: Unable to download webpage: HTTP Error 451: Unavailable For Legal Reasons', 'MF_ERR_GEO_BLOCKED'],
  ['[x] x: Unable to download webpage: HTTP Error 502: Bad Gateway', 'MF_ERR_NETWORK'],
  ['[x] x: Unable to download webpage: [Errno -3] Temporary failure in name resolution', 'MF_ERR_NETWORK'],
  ['[x] x: Unable to download webpage: <urlopen error [Errno 101] Network is unreachable>', 'MF_ERR_NETWORK'],
  [
    '[x] x: Unable to download webpage: ("Connection aborted.", RemoteDisconnected("Remote end closed connection without response"))',
    'MF_ERR_NETWORK',
  ],
  ['[x] x: Unable to download webpage: Tunnel connection failed: 407 Proxy Authentication Required', 'MF_ERR_NETWORK'],
  ['unable to download video data: HTTP Error 410: Gone', 'MF_ERR_NETWORK'],
  ['The downloaded file is empty', 'MF_ERR_NETWORK'],
  ['unable to open for writing: [Errno 30] Read-only file system: "/mnt/a.mp4.part"', 'MF_ERR_DISK_READ_ONLY'],
  ['unable to write data: [Errno 122] Disk quota exceeded', 'MF_ERR_DISK_FULL'],
  ['Unable to rename file: [Errno 116] Stale file handle', 'MF_ERR_DISK_READ_ONLY'],
  ['Postprocessing: ffprobe and ffmpeg not found. Please install or provide the path', 'MF_ERR_TOOL_MISSING'],
  ['Unsupported URL: https://www.tiktok.com/live', 'MF_ERR_UNSUPPORTED'],
];

const GALLERY_DL: readonly (readonly [string, FailureCode])[] = [
  [
    '[instagram][error] HTTP redirect to challenge page (https://www.instagram.com/challenge/?next=x)',
    'MF_ERR_CHALLENGE',
  ],
  [
    '[instagram][error] HTTP redirect to login page (https://www.instagram.com/accounts/login/)',
    'MF_ERR_LOGIN_REQUIRED',
  ],
  ['[instagram][error] HTTP redirect to home page (https://www.instagram.com/)', 'MF_ERR_LOGIN_REQUIRED'],
  ['[reddit][error] NotFoundError: Suspended User', 'MF_ERR_NOT_FOUND'],
  [
    '[reddit][error] ChallengeError: Cloudflare challenge (403 Forbidden) for https://www.reddit.com/a',
    'MF_ERR_CHALLENGE',
  ],
  ['[twitter][error] Rate limit exceeded', 'MF_ERR_RATE_LIMITED'],
  ['[twitter][error] AuthRequired: authenticated cookies needed to access this timeline', 'MF_ERR_LOGIN_REQUIRED'],
  ["[twitter][error] AuthorizationError: lab's Tweets are protected", 'MF_ERR_PRIVATE'],
  ['[twitter][error] AuthorizationError: lab blocked your account', 'MF_ERR_PRIVATE'],
  [
    "[downloader.http][warning] '404 Not Found' for 'https://pbs.twimg.com/a.jpg'\n[download][error] Failed to download a.jpg",
    'MF_ERR_NETWORK',
  ],
  [
    '[downloader.http][warning] file size mismatch (100 < 2000) (2/2)\n[download][error] Failed to download a.jpg',
    'MF_ERR_NETWORK',
  ],
  [
    "[twitter][warning] '503 Service Unavailable' for 'https://x.com/i/api'\n[twitter][error] 'Unavailable'",
    'MF_ERR_NETWORK',
  ],
  [
    '[tiktok][error] https://www.tiktok.com/@a/video/1: Failed to extract post (HttpError: ConnectionError: Name or service not known)',
    'MF_ERR_NETWORK',
  ],
  ["[instagram][error] PermissionError: [Errno 13] Permission denied: '/mnt/media'", 'MF_ERR_DISK_READ_ONLY'],
  ['[downloader.ytdl][error] Cannot import yt-dlp or youtube-dl', 'MF_ERR_TOOL_MISSING'],
];

const FFMPEG: readonly (readonly [string, FailureCode])[] = [
  ['/a.mp4: Invalid data found when processing input', 'MF_ERR_CORRUPT'],
  ['[mov,mp4] moov atom not found', 'MF_ERR_CORRUPT'],
  ['av_interleaved_write_frame(): No space left on device', 'MF_ERR_DISK_FULL'],
  ['/media/a.mp4: Read-only file system', 'MF_ERR_DISK_READ_ONLY'],
  ['/media/a.mp4: Permission denied', 'MF_ERR_DISK_READ_ONLY'],
  ["Unknown encoder 'libx264'", 'MF_ERR_TOOL_MISSING'],
  ["Unrecognized option 'nope'.", 'MF_ERR_INTERNAL'],
];

const TWMD: readonly (readonly [string, FailureCode])[] = [
  ['Error retrieve tweet', 'MF_ERR_NOT_FOUND'],
  ['user not found', 'MF_ERR_NOT_FOUND'],
  ['response status 429 Too Many Requests: {"errors":[]}', 'MF_ERR_RATE_LIMITED'],
  ['response status 404 Not Found:', 'MF_ERR_NOT_FOUND'],
  ['', 'MF_ERR_NO_MEDIA'],
];

describe('words of a failure', () => {
  for (const [words, code] of YT_DLP) {
    it(`yt-dlp: ${words}`, () => assert.equal(codeOf(judge('yt-dlp', `ERROR: ${words}`)), code));
  }
  for (const [words, code] of GALLERY_DL) {
    it(`gallery-dl: ${words}`, () => assert.equal(codeOf(judge('gallery-dl', words)), code));
  }
  for (const [words, code] of FFMPEG) it(`ffmpeg: ${words}`, () => assert.equal(codeOf(judge('ffmpeg', words)), code));
  for (const [words, code] of TWMD) {
    it(`twmd: ${words === '' ? 'nothing' : words}`, () =>
      assert.equal(codeOf(judge('twmd', words, { exitCode: words.startsWith('response') ? 1 : 0 })), code));
  }
});

describe('judging a run', () => {
  it('our own abort comes before everything else', () => {
    assert.equal(
      codeOf(judge('yt-dlp', 'ERROR: HTTP Error 429: Too Many Requests', { stopped: 'aborted' })),
      'cancelled',
    );
  });

  it('a time-out of ours is one, unless the platform had refused', () => {
    assert.equal(codeOf(judge('gallery-dl', '', { stopped: 'timed-out' })), 'MF_ERR_TIMEOUT');
    const waiting = '[reddit][warning] API rate limit exceeded';
    assert.equal(codeOf(judge('gallery-dl', waiting, { stopped: 'timed-out' })), 'MF_ERR_RATE_LIMITED');
  });

  it('a success without a file is none', () => {
    assert.equal(codeOf(judge('gallery-dl', '', { exitCode: 0 })), 'MF_ERR_NO_MEDIA');
    assert.equal(codeOf(judge('yt-dlp', '', { exitCode: 0, documents: 1 })), 'MF_ERR_TOO_LARGE');
    assert.equal(codeOf(judge('yt-dlp', '', { exitCode: 0, documents: 0 })), 'MF_ERR_NO_MEDIA');
  });

  it('a file does not make a failure good', () => {
    assert.equal(codeOf(judge('gallery-dl', '[downloader.http][warning] timed out', { files: 3 })), 'MF_ERR_NETWORK');
  });

  it('a full disk explains a failure whose words do not', () => {
    const merge = 'ERROR: Postprocessing: Conversion failed!';
    assert.equal(codeOf(judge('yt-dlp', merge, { freeBytes: 0 })), 'MF_ERR_DISK_FULL');
    assert.equal(codeOf(judge('yt-dlp', merge, { freeBytes: 10_000_000_000 })), 'MF_ERR_CORRUPT');
  });

  it('a program that cannot be started is missing', () => {
    assert.equal(codeOf(judge('yt-dlp', '', { missing: true })), 'MF_ERR_TOOL_MISSING');
  });

  it('an ffmpeg that is there has only failed to start this time', () => {
    const words = 'ERROR: You have requested merging of multiple formats but ffmpeg is not installed. Aborting';
    assert.equal(codeOf(judge('yt-dlp', words)), 'MF_ERR_TOOL_MISSING');
    assert.equal(codeOf(judge('yt-dlp', words, { hasFfmpeg: true })), 'MF_ERR_TIMEOUT');
    assert.equal(codeOf(judge('yt-dlp', 'No module named yt_dlp', { hasFfmpeg: true })), 'MF_ERR_TOOL_MISSING');
  });

  it('a warning that a later request healed does not hide the real error', () => {
    const words = 'WARNING: [youtube] x: Unable to download webpage: timed out\nERROR: [youtube] x: Video unavailable';
    assert.equal(codeOf(judge('yt-dlp', words)), 'MF_ERR_NOT_FOUND');
  });

  it('what a person wrote in a post does not count', () => {
    const stdout = '{"description": "HTTP Error 429: Too Many Requests, rate limit exceeded, private video"}';
    assert.equal(codeOf(judge('yt-dlp', 'ERROR: [twitter] x: Suspended', { stdout })), 'MF_ERR_NOT_FOUND');
  });

  it('an address in a message does not count', () => {
    const words =
      'ERROR: [x] x: Unable to download webpage https://a.example/login-429/private-video: HTTP Error 404: Not Found';
    assert.equal(codeOf(judge('yt-dlp', words)), 'MF_ERR_NOT_FOUND');
  });

  it('gallery-dl’s bits help where its words do not', () => {
    const codes = [8, 16, 64, 128].map((exitCode) => codeOf(judge('gallery-dl', '', { exitCode })));
    assert.deepEqual(codes, [
      'MF_ERR_CHALLENGE',
      'MF_ERR_LOGIN_REQUIRED',
      'MF_ERR_UNSUPPORTED',
      'MF_ERR_DISK_READ_ONLY',
    ]);
  });

  for (const [words, code] of [
    ['[youtube] x: Join this channel to get access to members-only content', 'MF_ERR_PRIVATE'],
    ['[Reddit] x: Quarantined subreddit; an account that has opted in is required. Use --cookies', 'MF_ERR_PRIVATE'],
    ['[twitter] x: Could not authenticate you', 'MF_ERR_LOGIN_REQUIRED'],
  ] as const) {
    it(`with cookies, ${words}: ${code}`, () => {
      assert.equal(codeOf(judge('yt-dlp', `ERROR: ${words}`, { withCookies: true })), code);
      assert.equal(codeOf(judge('yt-dlp', `ERROR: ${words}`)), 'MF_ERR_LOGIN_REQUIRED');
    });
  }

  it('a listing needs rows, and no error row', () => {
    const listing = { exitCode: 0, wants: 'listing' as const };
    assert.equal(codeOf(judge('gallery-dl', '', { ...listing, stdout: '[[2, {"id": 1}]]' })), 'ok');
    assert.equal(codeOf(judge('gallery-dl', '', { ...listing, stdout: '[]' })), 'MF_ERR_NO_MEDIA');
    const refused = '[[-1, {"error": "AuthRequired", "message": "authenticated cookies needed"}]]';
    assert.equal(codeOf(judge('gallery-dl', '', { ...listing, stdout: refused })), 'MF_ERR_LOGIN_REQUIRED');
  });
});
