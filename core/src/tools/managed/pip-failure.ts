import { CodedError } from '../../errors.ts';
import { redactLog } from '../failure/redact-log.ts';
import type { ProcessOutcome } from '../process/run-process.ts';
import type { InstallPlan } from '../install/plan-install.ts';

type Code = CodedError['code'];

/** First match wins; an index that cannot be reached also says that it has no version. */
const PIP_RULES: readonly (readonly [RegExp, Code, string])[] = [
  [/No space left on device|\[Errno 28\]|Disk quota/i, 'MF_ERR_DISK_FULL', 'There is no room for the download tools.'],
  [
    /Read-only file system|Permission denied|\[Errno (?:13|30)\]/i,
    'MF_ERR_DISK_READ_ONLY',
    "The data folder can't be written to.",
  ],
  [
    /DO NOT MATCH THE HASHES/i,
    'MF_ERR_CORRUPT',
    'The download tools that arrived are not the ones we know. Nothing was installed.',
  ],
  [
    /Connection|timed? ?out|name resolution|getaddrinfo|Failed to resolve|Network is unreachable|SSLError|ProxyError|HTTP error/i,
    'MF_ERR_NETWORK',
    "The download tools couldn't be fetched: no connection.",
  ],
  [
    /requires a different python|from versions:|No matching distribution/i,
    'MF_ERR_TOOL_MISSING',
    'The download tools do not fit this Python, or the package index lacks them.',
  ],
];

/** The error of a pip that failed. */
export function describePipFailure(outcome: Pick<ProcessOutcome, 'stdout' | 'stderr'>): CodedError {
  const words = `${outcome.stdout}\n${outcome.stderr}`;
  const [, code, detail] = PIP_RULES.find(([pattern]) => pattern.test(words)) ?? [
    undefined,
    'MF_ERR_INTERNAL' as const,
    'The download tools could not be installed.',
  ];
  return new CodedError(code, detail, { cause: new Error(redactLog(words)) });
}

/** The error of a Python that is not there, too old, or without its venv module; the command that helps goes with it. */
export function describePythonFailure(
  outcome: Pick<ProcessOutcome, 'stdout' | 'stderr' | 'missing'>,
  plan: InstallPlan | undefined,
): CodedError {
  const detail = outcome.missing
    ? 'Python 3 is not installed here; the download tools need it.'
    : "Python 3 is here, but it can't make virtual environments.";
  const cause = new Error(redactLog(`${outcome.stdout}\n${outcome.stderr}`));
  return new CodedError('MF_ERR_TOOL_MISSING', detail, { cause, ...(plan !== undefined && { help: plan.text }) });
}
