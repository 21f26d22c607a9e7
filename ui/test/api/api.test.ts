import { assert } from 'chai';
import { Api } from '../../src/api/api.ts';
import { ApiError, OFFLINE, toApiError } from '../../src/api/api-error.ts';
import { withFields } from '../../src/api/with-fields.ts';
import { TagsQuery } from '../../src/api/folder-documents.ts';
import { Session } from '../../src/state/session.ts';
import { PendingLinks } from '../../src/state/pending-links.ts';
import { errorSentence } from '../../src/words/errors.ts';

const page = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };
const problem = { code: 'MF_ERR_FORBIDDEN', detail: 'no', status: 403 };
/** What a server, or something in its place, answers; and what that is to the app. */
const ANSWERS: readonly (readonly [string, () => Promise<Response>, string])[] = [
  ['nothing at all', async () => Promise.reject(new TypeError('Failed to fetch')), 'offline'],
  ['the page of a hotel', async () => new Response('<h1>Welcome</h1>', { headers: page }), 'offline'],
  ['an empty page', async () => new Response('', { headers: page }), 'offline'],
  ['half an answer', async () => new Response('{"data":{"ta', { headers: json }), 'offline'],
  ['an answer that breaks off', async () => new Response(broken(), { headers: json }), 'offline'],
  ['the page of a proxy', async () => new Response('<h1>502</h1>', { status: 502, headers: page }), 'offline'],
  ['a refusal', async () => Response.json(problem, { status: 403, headers: json }), 'MF_ERR_FORBIDDEN'],
  ['a mistake without words', async () => new Response('oops', { status: 500 }), 'HTTP_500'],
  ['nothing in JSON', async () => Response.json(null), 'HTTP_200'],
  [
    'a mistake of GraphQL',
    async () => Response.json({ data: null, errors: [{ message: 'x is not' }] }),
    'MF_ERR_INTERNAL',
  ],
];

/** A body whose connection goes. */
const broken = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"data":'));
      controller.error(new TypeError('network error'));
    },
  });

describe('Api', () => {
  const fetch = window.fetch.bind(window);
  afterEach(() => {
    window.fetch = fetch;
    localStorage.clear();
  });
  const answer = (reply: () => Promise<Response>): void => {
    window.fetch = reply;
  };
  const refusalOf = async (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => toApiError(error),
    );

  for (const [title, reply, code] of ANSWERS) {
    it(`${title} is ${code}, and said in words`, async () => {
      answer(reply);
      const refusal = await refusalOf(new Api().query(TagsQuery, { prefix: '', limit: 1 }));
      assert.equal(refusal?.code, code);
      assert.notMatch(refusal ? errorSentence(refusal) : '', /x is not|HTTP|JSON|undefined|<h1>|^$/);
    });

    it(`${title} signs nobody out`, async () => {
      const session = new Session(new Api());
      session.state = 'in';
      answer(reply);
      await session.load();
      assert.equal(session.state, 'in');
    });
  }

  it('who is not known yet is not taken for a stranger because somebody else answers', async () => {
    const session = new Session(new Api());
    answer(async () => new Response('<h1>Welcome</h1>', { headers: page }));
    await session.load();
    assert.equal(session.state, 'unreachable');
    answer(async () => Response.json({ hello: 'world' }));
    await session.load();
    assert.equal(session.state, 'unreachable');
    answer(async () => Response.json({ user: null, setupNeeded: false }));
    await session.load();
    assert.equal(session.state, 'out');
  });

  it('a server that does not answer in time is away', async () => {
    window.fetch = async (_address, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError'))),
      );
    const refusal = await refusalOf(new Api().query(TagsQuery, { prefix: '', limit: 1 }, undefined, 1));
    assert.equal(refusal?.offline, true);
  });

  it('an answer without what its route promises is none of this server', () => {
    assert.equal(withFields<{ used: number }>({ used: 3 }, 'used').used, 3);
    for (const other of [null, 'used', [], {}])
      try {
        withFields<{ used: number }>(other, 'used');
        assert(false, 'it was taken');
      } catch (error) {
        assert.equal(toApiError(error).offline, true);
      }
  });
});

describe('PendingLinks', () => {
  afterEach(() => localStorage.clear());

  it('links wait with what was chosen for them, over a reload too, and go out once', async () => {
    new PendingLinks(() => 'ada').add('https://a.test/1', { tags: ['cats'], options: { audioOnly: true } });
    const sent: unknown[] = [];
    const waiting = new PendingLinks(() => 'ada');
    const submit = async (url: string, wishes: unknown): Promise<void> => {
      sent.push([url, wishes]);
      return Promise.resolve();
    };
    const counts = await Promise.all([waiting.flush(submit, () => undefined), waiting.flush(submit, () => undefined)]);
    assert.deepEqual(counts, [1, 0]);
    assert.deepEqual(sent, [['https://a.test/1', { tags: ['cats'], options: { audioOnly: true } }]]);
    assert.equal(new PendingLinks(() => 'ada').length, 0);
  });

  for (const [what, error] of [
    ['the server is away', new ApiError(OFFLINE, '')],
    ['the session is over', new ApiError('MF_ERR_UNAUTHENTICATED', '', { status: 401 })],
    ['it is asked too often', new ApiError('MF_ERR_TOO_MANY_REQUESTS', '', { status: 429 })],
    ['the disk is full', new ApiError('MF_ERR_DISK_FULL', '', { status: 200 })],
    ['the server makes a mistake', new ApiError('HTTP_500', '', { status: 500 })],
  ] as const)
    it(`they stay while ${what}, and go out once it is over`, async () => {
      const waiting = new PendingLinks(() => 'ada');
      waiting.add('https://a.test/1');
      waiting.add('https://a.test/2');
      let asked = 0;
      const refuse = async (): Promise<never> => {
        asked += 1;
        return Promise.reject(error);
      };
      const refused: string[] = [];
      const tell = (url: string): void => void refused.push(url);
      assert.equal(await waiting.flush(refuse, tell), 0);
      assert.equal(await waiting.flush(refuse, tell), 0);
      assert.equal(refused.length, new Set(refused).size, 'said once');
      assert.isAtLeast(asked, 2);
      assert.equal(new PendingLinks(() => 'ada').length, 2);
      assert.equal(await waiting.flush(async () => Promise.resolve(), tell), 2);
      assert.equal(waiting.length, 0);
    });

  it('they go out for the person who pasted them, not for the next one', async () => {
    let who = 'ada';
    const waiting = new PendingLinks(() => who);
    waiting.add('https://a.test/1', { folder: 'of-ada' });
    who = 'bob';
    assert.equal(waiting.length, 0);
    const submit = async (): Promise<void> => Promise.resolve();
    assert.equal(await waiting.flush(submit, () => undefined), 0);
    who = 'ada';
    assert.equal(await waiting.flush(submit, () => undefined), 1);
  });

  it('they stay while the server is away; what it refuses does not', async () => {
    const waiting = new PendingLinks(() => 'ada');
    waiting.add('https://a.test/1');
    const refused: string[] = [];
    const tell = (url: string): void => void refused.push(url);
    assert.equal(await waiting.flush(async () => Promise.reject(new ApiError(OFFLINE, '')), tell), 0);
    assert.deepEqual([waiting.length, refused], [1, []]);
    assert.equal(await waiting.flush(async () => Promise.reject(new ApiError('MF_ERR_URL_UNSUPPORTED', '')), tell), 0);
    assert.deepEqual([waiting.length, refused], [0, ['https://a.test/1']]);
  });
});
