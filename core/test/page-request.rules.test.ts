import assert from 'node:assert/strict';
import test from 'node:test';
import { isPageRequest } from '../src/page-request.rules.ts';

const BROWSER = 'text/html,application/xhtml+xml,*/*;q=0.8';

for (const [method, url, accept, expected] of [
  ['GET', '/', BROWSER, true],
  ['GET', '/', '*/*', true],
  ['GET', '/?q=ramen', undefined, true],
  ['HEAD', '/', undefined, true],
  ['POST', '/', BROWSER, false],
  ['GET', '/downloads', BROWSER, true],
  ['GET', '/downloads', '*/*', false],
  ['GET', '/m/abc', 'application/json', false],
  ['GET', '/api', BROWSER, false],
  ['GET', '/api/nothing', BROWSER, false],
  ['GET', '/graphql?query=x', BROWSER, false],
  ['GET', '/assets/gone.js', BROWSER, false],
  ['GET', '/apidays', BROWSER, true],
] as const) {
  test(`${method} ${url} by ${accept ?? 'who says nothing'} is ${expected ? 'a page' : 'no page'}`, () => {
    assert.equal(isPageRequest(method, url, accept), expected);
  });
}
