import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { buildTestApp } from '../helpers/build-test-app.ts';
import { addPerson } from '../helpers/people.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');

test('a field that the route does not know is refused, not dropped in silence', async () => {
  const payload = { url: 'https://www.tiktok.com/@a/video/7300000000000000001', header: {} };
  const response = await ann.inject({ method: 'POST', url: '/api/downloads', payload });
  assert.equal(response.statusCode, 400);
  const { code, detail } = response.json<{ code: string; detail: string }>();
  assert.deepEqual([code, detail], ['MF_ERR_VALIDATION', 'There is no field "header" here.']);
});

test('an option that the connector does not know is named', async () => {
  const payload = { url: 'https://www.tiktok.com/@a/video/7300000000000000001', options: { loud: true } };
  const response = await ann.inject({ method: 'POST', url: '/api/downloads', payload });
  assert.equal(response.json<{ detail: string }>().detail, 'There is no field "options.loud" here.');
});
