import { RunningJob } from '../channel/messages.ts';
import { lazily } from '../channel/codec.ts';
import type { JobRef } from './staging.ts';

const parseJob = lazily(RunningJob);

/** Reads which attempt a refused frame wanted to assign; undefined when it is no assignment, or does not say. */
export function parseUnreadableAssign(text: string): JobRef | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not even JSON: there is nobody to answer for.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'assign') return undefined;
  const parsed = parseJob(value);
  return 'message' in parsed ? { jobId: parsed.message.jobId, attempt: parsed.message.attempt } : undefined;
}
