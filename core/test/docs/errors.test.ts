import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import { CodedError, REFUSAL_CODES } from '../../src/errors.ts';
import { readProjectFile, readTableRows } from './helpers/read-docs.ts';

const [, refusalsText = '', failuresText = ''] = readProjectFile('docs/reference/errors.md').split(/^## /m);
const refusals = readTableRows(refusalsText);
const failures = readTableRows(failuresText);

describe('docs/reference/errors.md', () => {
  it('names every code, and no other', () => {
    const shown = new Set([...refusals.keys(), ...failures.keys()]);
    assert.deepEqual([...shown].sort(), [...new Set([...REFUSAL_CODES, ...FAILURE_CODES])].sort());
  });

  it('lists every failure of a download as one', () => {
    assert.deepEqual([...failures.keys()].sort(), [...FAILURE_CODES].sort());
  });

  for (const code of REFUSAL_CODES) {
    it(`gives the HTTP status of ${code}`, () => {
      const shown = refusals.get(code)?.[1] ?? failures.get(code)?.[3];
      assert.equal(shown, String(new CodedError(code).statusCode));
    });
  }

  for (const code of FAILURE_CODES) {
    it(`says what ${code} means and what helps`, () => {
      const [, meaning = '', help = '', status = ''] = failures.get(code) ?? [];
      assert.ok(meaning.endsWith('.'), meaning);
      assert.notEqual(help, '');
      // Without a status of its own a code never answers a request.
      if (status !== '') assert.equal(status, String(new CodedError(code).statusCode));
    });
  }
});
