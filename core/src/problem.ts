import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from './errors.ts';
import type { Problem } from './errors.ts';

/** The one place where an error becomes an answer. */
export function handleError(
  error: FastifyError | CodedError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemOf(error);
  if (problem.status >= 500) request.log.error({ err: error, url: request.url }, 'request failed');
  if (error instanceof CodedError && error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  return sendProblem(reply, problem);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** RFC 9457 document; what is not ours says nothing of our inside. */
export function problemOf(error: unknown): Problem {
  const coded = codedErrorOf(error);
  return {
    type: 'about:blank',
    status: coded.statusCode,
    title: coded.code,
    code: coded.code,
    detail: coded.message,
    ...(coded.help !== undefined && { help: coded.help }),
  };
}

export function codedErrorOf(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const { statusCode, validation, message, name, kind } = error as Partial<FastifyError> & { kind?: unknown };
  // Mongoose was asked for an id that cannot be one.
  if (name === 'CastError' && kind === 'ObjectId') return new CodedError('MF_ERR_UNKNOWN', undefined, { cause: error });
  if (validation !== undefined) return new CodedError('MF_ERR_VALIDATION', message);
  if (statusCode === 413) return new CodedError('MF_ERR_BODY_TOO_LARGE');
  if (statusCode === 415) return new CodedError('MF_ERR_CONTENT_TYPE');
  if (statusCode === 429) return new CodedError('MF_ERR_TOO_MANY_REQUESTS');
  if (statusCode === 401) return new CodedError('MF_ERR_UNAUTHENTICATED');
  if (statusCode === 404) return new CodedError('MF_ERR_UNKNOWN');
  if (statusCode !== undefined && statusCode < 500) return new CodedError('MF_ERR_VALIDATION', message);
  return new CodedError('MF_ERR_INTERNAL', 'The server made a mistake. Its log says more.', { cause: error });
}

/** Nothing is at this address, or nothing that takes this method. */
export function handleNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const allowed = request.server.allowedMethods(request.url.split('?', 1)[0] ?? '');
  if (allowed.length > 0 && !allowed.includes(request.method))
    return sendProblem(reply.header('allow', allowed.join(', ')), problemOf(new CodedError('MF_ERR_METHOD')));
  return sendProblem(reply, problemOf(new CodedError('MF_ERR_UNKNOWN')));
}
