import type { FailureCode } from '@mediafetcher/sdk';
import type { ToolId } from './tool-run.ts';

/** One line of the failure table: when the words match, this is the code. */
export interface Rule {
  readonly code: FailureCode;
  readonly words: RegExp;
  readonly tool?: ToolId;
  readonly platform?: string;
}

const disk: readonly Rule[] = [
  {
    code: 'MF_ERR_DISK_FULL',
    words: /\[Errno (?:28|122)\]|No space left on device|Disk quota exceeded|\bENOSPC\b|\bEDQUOT\b|disk (?:is )?full/i,
  },
  { code: 'MF_ERR_TOO_LARGE', words: /\[Errno 27\]|larger than (?:allowed maximum|max-filesize)|\bEFBIG\b/i },
  {
    code: 'MF_ERR_DISK_READ_ONLY',
    words:
      /Unable to create directory|FileNotFoundError|PermissionError|IsADirectoryError|NotADirectoryError|\[Errno (?:5|13|30|107|112|116)\]|Read-only file system|unable to open for writing|Stale file handle|Transport endpoint is not connected|unable to (?:write data|rename file|create symlink)|:\s*Permission denied/i,
  },
];

const tools: readonly Rule[] = [
  {
    code: 'MF_ERR_TOOL_MISSING',
    words:
      /(?:ffmpeg|ffprobe|avconv)(?: (?:or|and) (?:ffmpeg|ffprobe|avconv))? (?:is )?not (?:installed|found)|Cannot import (?:module|yt-dlp)|No module named|bad interpreter|ModuleNotFoundError|Unknown encoder|command not found/i,
  },
];

const limits: readonly Rule[] = [
  {
    code: 'MF_ERR_CHALLENGE',
    words:
      /(?:Cloudflare|DDoS-Guard) (?:challenge|captcha)|\bChallengeError\b|challenge_required|checkpoint_required|redirect(?:ed)? to (?:the )?(?:challenge|consent|checkpoint|suspended) page|\{challenge page\}|your account is suspended|account (?:is|has been) (?:temporarily )?(?:locked|suspended temporarily)|solve (?:a|the) captcha|captcha (?:is )?required/i,
  },
  {
    code: 'MF_ERR_RATE_LIMITED',
    words:
      /\b429\b.{0,3}Too Many Requests|HTTP Error 429|status(?: code)?:? 429|Too Many Requests|rate.?limit(?:ed)?[ -]?(?:exceeded|reached(?! or login)|by)|feedback_required|keeps sending the same page|exceeded the rate.?limit|rate limit\)|confirm you.{1,3}re not a bot|not a robot|blocked by network security|Please wait a few minutes|try again later|session has been rate.limited|unusual traffic|IP address is unable to access/i,
  },
];

const access: readonly Rule[] = [
  {
    code: 'MF_ERR_PRIVATE',
    words:
      /Private subreddit|protected tweet|Tweets are protected|blocked your account|do(?:es)? not have permission to view|This is a private video|Video is private|Private video|account(?: \S+)? is (?:likely )?(?:either )?private|posts are private|(?:error|status) code:? (?:10216|10222)\b|unavailable \('Protected'\)|owner limits who can view|\bBlockedViewer\b|follow this account|approved is required|Denied by access control|friends.only|only visible to followers/i,
  },
  {
    code: 'MF_ERR_GEO_BLOCKED',
    words:
      /in your (?:country|region|location|area)|in the country you are in|from your location|Region.?(?:locked|restricted|blocked)|geo.?(?:restrict|block)|status code:? 10231|error code:? 10231|HTTP Error 451|\b451 Unavailable|legal reasons|country.?(?:withheld|blocked)|withheld in/i,
  },
];

const login: readonly Rule[] = [
  {
    code: 'MF_ERR_LOGIN_REQUIRED',
    words:
      /NSFW (?:tweet|post|content)|login_required|content is unreachable|must be \d+ years old|API is not granting access|only available to [\w ]*members|AuthRequired|AuthorizationError|AuthenticationError|authenti?cation is required|requires authentication|Quarantined|log.?in (?:is )?required|requir(?:es|ing) (?:a )?log.?in|redirect(?:ed)? to (?:the )?(?:login|home) page|\{login page\}|confirm your age|age.?restricted|inappropriate for some users|members.only|Join this channel|channel'?s? members|Use --cookies|Fresh cookies|cookies (?:are )?no longer valid|(?:need|have|want you) to (?:log|sign).?in|(?:please|must) (?:log|sign) ?in|Log into an account|(?:log|sign) in to (?:view|see|access|confirm)|registered users|HTTP Error 401|\b401 Unauthorized|Could not authenticate|not logged in|Login with (?:username|password)|Update your login session cookies|requires payment|purchase|Invalid (?:login )?(?:credentials|cookies)/i,
  },
  // Instagram answers stale cookies with its login page, where JSON was expected.
  { code: 'MF_ERR_LOGIN_REQUIRED', platform: 'instagram', words: /Failed to parse JSON|JSONDecodeError/i },
];

const network: readonly Rule[] = [
  {
    code: 'MF_ERR_NETWORK',
    words:
      /Connection (?:refused|reset|aborted|broken|closed|timed out)|Name or service not known|Temporary failure in name resolution|nodename nor servname|getaddrinfo|No address associated|NameResolutionError|Failed to resolve '|Network is unreachable|No route to host|timed?.?out\b|\bTimeout(?:Error|Exception)?\b|ReadTimeout|ConnectTimeout|Remote end closed|RemoteDisconnected|ProxyError|connect to proxy|Tunnel connection failed|Proxy Authentication|SSLError|SSL:|CERTIFICATE_VERIFY_FAILED|certificate verify failed|EOF occurred|WRONG_VERSION_NUMBER|IncompleteRead|bytes read, \d+ more expected|Downloaded \d+ bytes, expected|file size mismatch|content too short|downloaded file is empty|Empty file|Did not get any data blocks|NewConnectionError|ConnectionError|ChunkedEncodingError|HTTP Error (?:408|425|5\d\d)|'5\d\d [A-Z]|\[WinError 100\d\d\]|\[Errno (?:-2|-3|-5|32|101|104|110|111|113)\]|curl: \((?:5|6|7|18|28|35|52|55|56|60)\)|could not resolve host|network error has occurred|SOCKS[45]\w* proxy|fragment retries|Over capacity|Dependency: Internal|status(?: code)?:? 5\d\d\b|Internal Server Error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time/i,
  },
  // An address of a file that no longer serves: asking the post again brings a fresh one.
  {
    code: 'MF_ERR_NETWORK',
    words: /unable to download video data: HTTP Error 4(?:03|04|10)|fragment \d+ not found|HTTP Error 416/i,
  },
  {
    code: 'MF_ERR_NETWORK',
    tool: 'gallery-dl',
    words:
      /\[downloader\.[\w.]+\]\[\w+\][^\n]*'(?:403|404|410) |\[downloader[^\n]*(?:HTML response|Invalid response|HTTP redirect)/i,
  },
];

const gone: readonly Rule[] = [
  // yt-dlp's words for a TikTok post that is gone.
  { code: 'MF_ERR_NOT_FOUND', words: /Your IP address is blocked from accessing this post/i },
  {
    code: 'MF_ERR_NOT_FOUND',
    words:
      /HTTP Error 4(?:04|10)|'4(?:04|10) |AbortExtraction: Not Found|reason given: banned|empty JSON response|violated the \w+ Rules|disabled in response to|Space not found|Unplayable|\b404 Not Found|status(?: code)?:? 4(?:04|10)\b|Video unavailable|(?:video|post|tweet|content|page|status)(?: #\d+)? (?:is|was|has been) (?:no longer available|not available|unavailable|unreachable|removed|deleted|taken down)|isn.t available|Video not available, status code|\bNotFoundError|'Unavailable'|Tweet unavailable|Suspended|has been (?:terminated|removed|deleted|suspended)|no longer (?:exists|available)|does not exist|doesn.t exist|not available\b|could not be found|No status found|page does not exist|user not found|Error retrieve tweet|gallery \w+: deleted/i,
  },
];

/** What the tools say when a profile's page could not be had, without a word why: mostly there is nobody of that name. */
const nobody: readonly Rule[] = [
  { code: 'MF_ERR_NOT_FOUND', tool: 'yt-dlp', words: /Unable to extract secondary user ID/i },
  { code: 'MF_ERR_NOT_FOUND', platform: 'instagram', words: /UnboundLocalError[^\n]* local variable 'page'/i },
];

const formats: readonly Rule[] = [
  // YouTube's words for a client that it serves no more.
  { code: 'MF_ERR_TOOL_OUTDATED', words: /not available on this app\b/i },
  {
    code: 'MF_ERR_NO_MEDIA',
    words: /Requested format is not available|Only images are available|No video formats found/i,
  },
];

const nothing: readonly Rule[] = [
  // Its own recursion over a gallery: the pictures are another tool's.
  { code: 'MF_ERR_NO_MEDIA', tool: 'yt-dlp', words: /RecursionError|\{reddit gallery\}/i },
  {
    code: 'MF_ERR_NO_MEDIA',
    words:
      /No (?:video|media|image|audio|photo)s? (?:could be |were |was |formats? )?found|There is no (?:video|media)|is not a video|processing this video|does not have (?:any (?:videos|media)|a \w+ tab)|No media|video is processing|Could not extract any posts/i,
  },
  {
    code: 'MF_ERR_UNSUPPORTED',
    words:
      /Unsupported URL|No suitable extractor|is not a valid URL|DRM protected|known to use DRM|Premieres in|Premiere will begin|: Offline\.?$|Space (?:ended|not started)|disabled by the video owner|live (?:event|stream|broadcast)|livestream|is offline|Unsupported url scheme/im,
  },
];

const broken: readonly Rule[] = [
  {
    code: 'MF_ERR_CORRUPT',
    words:
      /Invalid data found when processing input|moov atom not found|Conversion failed|could not find codec parameters|Error (?:opening|splitting) (?:input|the argument)|does not contain any stream|matches no streams|Invalid file signature/i,
  },
  // TikTok's soft block: an empty page with status 200.
  { code: 'MF_ERR_RATE_LIMITED', platform: 'tiktok', words: /Failed to parse JSON|Unexpected response from webpage/i },
  {
    code: 'MF_ERR_INTERNAL',
    words:
      /no such option|unrecognized arguments|invalid .{0,40}(?:option|argument|value|specified)|error: argument|Unrecognized option|InputError|FilterError|FormatError|Applying \w+ format string/i,
  },
];

const login403: readonly Rule[] = [
  { code: 'MF_ERR_LOGIN_REQUIRED', words: /HTTP Error 403|'403 |\b403 (?:Forbidden|Blocked)|\bForbidden\b/i },
];

/** A file that did not come, without a word why. */
const files: readonly Rule[] = [
  { code: 'MF_ERR_NETWORK', tool: 'gallery-dl', words: /\[download\]\[error\] Failed to download/ },
];

const outdated: readonly Rule[] = [
  {
    code: 'MF_ERR_TOOL_OUTDATED',
    words:
      /please report this issue|nsig extraction failed|HTTP Error 400|while querying API: Unknown|API says: Unknown|browser is out of date|report this issue on|Unable to extract|Failed to (?:extract|parse|retrieve|solve)|could not extract|Unable to solve|An unexpected error occurred|KeyError|IndexError|TypeError|AttributeError|ValueError|JSONDecodeError|AssertionError|UnboundLocalError|Traceback|Could not retrieve guest token|Unknown typename|challenge solving failed|needs to be reloaded/i,
  },
];

/** Told in warnings as well as in errors, and sure wherever they stand. */
export const SURE_RULES: readonly Rule[] = [...disk, ...tools, ...limits];

/** The table; the first match wins. */
export const RULES: readonly Rule[] = [
  ...disk,
  ...tools,
  ...gone.slice(0, 1),
  ...access,
  ...limits,
  ...login,
  ...network,
  ...formats,
  ...gone,
  ...nobody,
  ...nothing,
  ...broken,
  ...login403,
  ...files,
  ...outdated,
];

/** Codes that a warning may explain better. */
export const VAGUE_CODES: ReadonlySet<FailureCode> = new Set<FailureCode>(['MF_ERR_TOOL_OUTDATED', 'MF_ERR_INTERNAL']);
