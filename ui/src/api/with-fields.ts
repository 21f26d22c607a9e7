import { ApiError, OFFLINE } from './api-error.ts';

/**
 * An answer as its route promises it, once it has the fields that tell it from somebody else's.
 * @throws ApiError `offline` when it has not: it is no answer of this server
 */
export function withFields<Answer extends object>(answer: unknown, ...names: (keyof Answer & string)[]): Answer {
  const fields = typeof answer === 'object' && answer !== null ? answer : {};
  if (!names.every((name) => name in fields)) throw new ApiError(OFFLINE, '');
  return fields as Answer; // The route's own schema.
}
