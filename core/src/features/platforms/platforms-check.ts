import type { HealthCheck } from '../system/index.ts';
import type { Closed } from './platforms-service.ts';

/** Which platforms rest, for `/health`; whose accounts it concerns is nobody's business. */
export function checkPlatforms(closed: readonly Closed[]): HealthCheck {
  const resting = closed.filter(({ reason }) => reason !== 'pace');
  if (resting.length === 0) return { status: 'ok' };
  const lines = resting.map(({ platform, until, reason }) =>
    until === null
      ? `${platform} waits for a person (${reason})`
      : `${platform} rests until ${until.toISOString()} (${reason})`,
  );
  return { status: 'degraded', reason: `${[...new Set(lines)].join('; ')}.` };
}
