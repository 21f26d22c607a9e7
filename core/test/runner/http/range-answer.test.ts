import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PartialFacts } from '../../../src/runner/http/range-answer.ts';
import { readRangeAnswer } from '../../../src/runner/http/range-answer.ts';

const known: PartialFacts = { size: 10, etag: '"a"', total: 100 };
const range = { etag: '"a"', 'content-range': 'bytes 10-99/100' };

describe('an answer to a request for the rest of a file', () => {
  const table: [
    what: string,
    status: number,
    headers: Record<string, string>,
    facts: PartialFacts | undefined,
    kind: string,
    start?: number,
  ][] = [
    ['goes on where it stopped', 206, range, known, 'bytes', 10],
    ['begins anew when the whole file comes', 200, { 'content-length': '100' }, known, 'bytes', 0],
    ['begins anew when the file has changed', 206, { ...range, etag: '"b"' }, known, 'restart'],
    ['begins anew when the length has changed', 206, { ...range, 'content-range': 'bytes 10-98/99' }, known, 'restart'],
    ['begins anew when another part comes', 206, { ...range, 'content-range': 'bytes 0-99/100' }, known, 'restart'],
    ['begins anew when the part is not named', 206, { etag: '"a"' }, known, 'restart'],
    ['is done when all is here', 416, { 'content-range': 'bytes */10' }, known, 'complete'],
    ['begins anew when there is less than is here', 416, { 'content-range': 'bytes */5' }, known, 'restart'],
    ['begins at the start when nothing is here', 200, {}, undefined, 'bytes', 0],
  ];
  for (const [what, status, headers, facts, kind, start] of table) {
    it(what, () => {
      const answer = readRangeAnswer(status, headers, facts);
      assert.equal(answer.kind, kind);
      assert.equal(answer.kind === 'bytes' ? answer.start : undefined, start);
    });
  }
});
