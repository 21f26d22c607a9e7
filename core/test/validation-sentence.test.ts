import assert from 'node:assert/strict';
import test from 'node:test';
import { Ajv } from 'ajv';
import { describeViolation } from '../src/validation-sentence.ts';

const validate = new Ajv().compile({
  type: 'object',
  required: ['url'],
  additionalProperties: false,
  properties: {
    url: { type: 'string', pattern: '^h' },
    status: { enum: ['queued', 'running'] },
    limit: { type: 'integer', minimum: 1, maximum: 200 },
    options: { type: 'object', required: ['sound'] },
    words: { type: 'array', maxItems: 1 },
  },
});

for (const [body, sentence] of [
  [{}, 'The field "url" is missing.'],
  [[], 'The body must be of the type object.'],
  [{ url: 5 }, 'The field "url" must be of the type string.'],
  [{ url: 'x' }, 'The field "url" is not of the form ^h.'],
  [{ url: 'h', more: 1 }, 'There is no field "more" here.'],
  [{ url: 'h', status: 'lost' }, 'The field "status" must be one of queued, running.'],
  [{ url: 'h', limit: 0 }, 'The field "limit" must be at least 1.'],
  [{ url: 'h', limit: 201 }, 'The field "limit" must be at most 200.'],
  [{ url: 'h', options: {} }, 'The field "options.sound" is missing.'],
  [{ url: 'h', words: [1, 1] }, 'The field "words" must NOT have more than 1 items.'],
] as const) {
  test(`${JSON.stringify(body)}: ${sentence}`, () => {
    assert.equal(validate(body), false);
    assert.equal(describeViolation(validate.errors ?? [], 'body'), sentence);
  });
}

test('without a violation it still is a sentence', () => {
  assert.equal(describeViolation([], 'body'), 'The request is not of the expected form.');
});
