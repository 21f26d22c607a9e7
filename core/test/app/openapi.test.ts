import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { Ajv } from 'ajv';
import { buildTestApp } from '../helpers/build-test-app.ts';
import { addPerson } from '../helpers/people.ts';

const app = await buildTestApp({ after }, { BASE_PATH: '/mf/' });
const ann = await addPerson(app, 'ann');
const payload = { url: 'https://www.tiktok.com/@a/video/7300000000000000001' };
const { jobId } = (await ann.inject({ method: 'POST', url: '/api/downloads', payload })).json<{ jobId: string }>();

interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema: Schema }>> }>>;
}
interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

const description = (await ann.inject({ url: '/api/openapi.json' })).json<Description>();

function answerOf(method: string, path: string): Schema {
  const schema = description.paths[path]?.[method]?.responses['200']?.content?.['application/json']?.schema;
  assert.ok(schema, `${method} ${path} has no described answer`);
  return schema;
}

test('the description names the base path without a slash at its end', () => {
  assert.deepEqual(description.servers, [{ url: '/mf' }]);
});

for (const [method, path, url] of [
  ['get', '/api/downloads/{jobId}', `/api/downloads/${jobId}`],
  ['get', '/api/downloads', '/api/downloads'],
  ['post', '/api/downloads/{jobId}/cancel', `/api/downloads/${jobId}/cancel`],
  ['post', '/api/downloads/{jobId}/retry', `/api/downloads/${jobId}/retry`],
] as const) {
  test(`${method} ${path} answers what its description says, field by field`, async () => {
    const response = await ann.inject({ method: method === 'get' ? 'GET' : 'POST', url });
    assert.equal(response.statusCode, 200, response.body);
    const body = response.json<Record<string, unknown>>();
    const schema = answerOf(method, path);
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    assert.equal(validate(body), true, JSON.stringify(validate.errors));
    assert.deepEqual(Object.keys(body).sort(), Object.keys(schema.properties ?? {}).sort());
  });
}
