import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';

/** The answer is an RFC 9457 document with this status and code, and a sentence for people. */
export function assertProblem(response: LightMyRequestResponse, status: number, code: string): LightMyRequestResponse {
  assert.equal(response.headers['content-type']?.toString().split(';')[0], 'application/problem+json', response.body);
  const problem = response.json<Record<string, unknown>>();
  assert.deepEqual([response.statusCode, problem['status'], problem['code']], [status, status, code], response.body);
  assert.match(String(problem['detail']), /\w+ \w+/);
  return response;
}
