import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import test, { after } from 'node:test';
import { listenTestApp } from '../helpers/build-test-app.ts';

const { origin } = await listenTestApp({ after });

for (const [what, sent, status] of [
  ['no HTTP at all', 'HELLO\r\n\r\n', 400],
  ['an unknown method', 'BREW /api/links HTTP/1.1\r\nHost: a\r\n\r\n', 400],
  ['a header of 20 kB', `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
] as const) {
  test(`${what} is refused with a problem document, and the server lives`, async () => {
    const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1' });
    socket.write(sent);
    const answer = await text(socket);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `));
    assert.match(head, /content-type: application\/problem\+json/i);
    const problem = JSON.parse(body) as Record<string, unknown>;
    assert.deepEqual([problem['status'], problem['code']], [status, 'MF_ERR_VALIDATION']);
    assert.match(String(problem['detail']), /\w+ \w+/);
    assert.equal((await fetch(`${origin}/health/live`)).status, 200);
  });
}
