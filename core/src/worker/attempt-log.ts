import { join } from 'node:path';
import type { Assign } from '../channel/messages.ts';
import { listCookieValues, readRunLog, removeSecrets, RUN_LOG_LIMIT } from '../tools/index.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { PrivateDirectory } from './private-directory.ts';

/** Where the tools of an attempt leave what they were asked and said: beside the cookies, where there are some. */
export function logFileOf({ path, secrets = path }: PrivateDirectory): string {
  return join(secrets, 'tools.log');
}

/** A failure with the attempt's log; what the job was given in confidence is not in it. */
export async function withLog(outcome: JobOutcome, assign: Assign, own: PrivateDirectory): Promise<JobOutcome> {
  if (outcome.kind !== 'failed') return outcome;
  const log = removeSecrets(await readRunLog(logFileOf(own)), secretsOf(assign)).slice(-RUN_LOG_LIMIT);
  return log === '' ? outcome : { ...outcome, failure: { ...outcome.failure, log } };
}

function secretsOf({ cookies, headers, proxy }: Assign): readonly string[] {
  return [
    ...(cookies === undefined ? [] : listCookieValues(cookies)),
    ...Object.values(headers ?? {}),
    ...(proxy !== undefined && URL.canParse(proxy) ? [new URL(proxy).password] : []),
  ];
}
