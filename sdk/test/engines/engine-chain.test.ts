import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Engine, FailureCode, FetchedItem, PostProbe } from '../../src/index.ts';
import { FAILURE_CODES, PluginError, createEngineChain } from '../../src/index.ts';
import { createPostLink, createScriptedContext } from '../../src/testing/index.ts';
import type { ScriptedContextOptions } from '../../src/testing/index.ts';

const LINK = createPostLink('lab:1', 'https://example.org/1');

interface Plan {
  readonly name: string;
  readonly start?: FailureCode;
  readonly probe?: FailureCode;
  readonly files?: FailureCode;
  readonly alsoAfter?: readonly FailureCode[];
  readonly onlyAfter?: readonly FailureCode[];
}

/** Engines that fail as planned, and the diary of what was done with them. */
function createEngines(plans: readonly Plan[], diary: string[]): readonly Engine[] {
  const settle = <T>(code: FailureCode | undefined, name: string, value: T): Promise<T> =>
    code === undefined ? Promise.resolve(value) : Promise.reject(new PluginError(code, `${name} failed.`));
  return plans.map(({ name, start, probe, files, alsoAfter = [], onlyAfter }) => ({
    name,
    alsoAfter,
    ...(onlyAfter !== undefined && { onlyAfter }),
    start() {
      diary.push(`start ${name}`);
      if (start !== undefined) throw new PluginError(start, `${name} failed.`);
      const found: PostProbe = { post: { postId: name }, items: [] };
      const item: FetchedItem = { index: 0, kind: 'video', path: `/${name}`, engine: name };
      return {
        probe: settle(probe, name, found),
        files: settle(probe ?? files, name, [item]),
        cancel: () => void diary.push(`cancel ${name}`),
      };
    },
  }));
}

async function runChain(plans: readonly Plan[], options: ScriptedContextOptions = {}): Promise<readonly string[]> {
  const diary: string[] = [];
  const context = createScriptedContext(LINK, {}, options);
  const chain = createEngineChain(() => createEngines(plans, diary));
  try {
    const probe = await chain.probe(context);
    diary.push(`probed ${probe.post.postId}`);
    const files = await chain.fetch(context, probe);
    diary.push(...files.map(({ path }) => `got ${path}`));
  } catch (error) {
    assert.ok(error instanceof PluginError);
    diary.push(`${error.code} ${error.message}${error.untried === true ? ' untried' : ''}`);
  }
  return diary;
}

describe('a list of engines', () => {
  it('uses the first one alone when it works', async () => {
    assert.deepEqual(await runChain([{ name: 'a' }, { name: 'b' }]), ['start a', 'probed a', 'got /a']);
  });

  it('goes on to the next one when the first finds no media', async () => {
    assert.deepEqual(await runChain([{ name: 'a', probe: 'MF_ERR_NO_MEDIA' }, { name: 'b' }]), [
      ...['start a', 'cancel a', 'start b', 'probed b', 'got /b'],
    ]);
  });

  it('goes on when the first tool is missing', async () => {
    const diary = await runChain([{ name: 'a', start: 'MF_ERR_TOOL_MISSING' }, { name: 'b' }]);
    assert.deepEqual(diary, ['start a', 'start b', 'probed b', 'got /b']);
  });

  it('goes on in the fetch, after a probe that worked', async () => {
    assert.deepEqual(await runChain([{ name: 'a', files: 'MF_ERR_TOOL_OUTDATED' }, { name: 'b' }]), [
      ...['start a', 'probed a', 'cancel a', 'start b', 'got /b'],
    ]);
  });

  it('goes on in the fetch past an engine that cannot even probe', async () => {
    const plans: readonly Plan[] = [
      { name: 'a', files: 'MF_ERR_INTERNAL' },
      { name: 'b', probe: 'MF_ERR_UNSUPPORTED' },
      { name: 'c' },
    ];
    assert.deepEqual((await runChain(plans)).at(-1), 'got /c');
  });

  it('takes an engine after a failure that only this one may not meet', async () => {
    const plans: readonly Plan[] = [
      { name: 'a', probe: 'MF_ERR_LOGIN_REQUIRED' },
      { name: 'b' },
      { name: 'c', alsoAfter: ['MF_ERR_LOGIN_REQUIRED'] },
    ];
    assert.deepEqual((await runChain(plans)).at(-1), 'got /c');
  });

  it('passes over an engine that waits for another failure', async () => {
    const plans: readonly Plan[] = [
      { name: 'a', probe: 'MF_ERR_TOOL_OUTDATED' },
      { name: 'b', onlyAfter: ['MF_ERR_NO_MEDIA'] },
      { name: 'c' },
    ];
    assert.deepEqual((await runChain(plans)).at(-1), 'got /c');
  });

  const helps: readonly FailureCode[] = [
    ...(['MF_ERR_NO_MEDIA', 'MF_ERR_UNSUPPORTED', 'MF_ERR_TOOL_OUTDATED'] as const),
    ...(['MF_ERR_TOOL_MISSING', 'MF_ERR_PLUGIN', 'MF_ERR_INTERNAL'] as const),
  ];
  for (const code of FAILURE_CODES) {
    const goesOn = helps.includes(code);
    it(`${goesOn ? 'goes on' : 'ends'} after ${code}`, async () => {
      const last = (await runChain([{ name: 'a', probe: code }, { name: 'b' }])).at(-1);
      assert.equal(last, goesOn ? 'got /b' : `${code} a failed.`);
    });
  }

  it('asks nobody else once the job was stopped', async () => {
    const controller = new AbortController();
    controller.abort();
    const diary = await runChain([{ name: 'a', probe: 'MF_ERR_NO_MEDIA' }, { name: 'b' }], {
      signal: controller.signal,
    });
    assert.deepEqual(diary, ['start a', 'cancel a', 'MF_ERR_NO_MEDIA a failed.']);
  });

  const PROBES: readonly (readonly [fact: string, plans: readonly Plan[], diary: readonly string[]])[] = [
    [
      'ends after the first one where the platform is asked once only, and says that others were left out',
      [{ name: 'a', probe: 'MF_ERR_NO_MEDIA' }, { name: 'b' }],
      ['start a', 'cancel a', 'MF_ERR_NO_MEDIA a failed. untried'],
    ],
    [
      'ends so in the fetch too',
      [{ name: 'a', files: 'MF_ERR_TOOL_OUTDATED' }, { name: 'b' }],
      ['start a', 'probed a', 'cancel a', 'MF_ERR_TOOL_OUTDATED a failed. untried'],
    ],
    [
      'says nothing of others that would not have been asked',
      [{ name: 'a', probe: 'MF_ERR_NETWORK' }, { name: 'b' }],
      ['start a', 'cancel a', 'MF_ERR_NETWORK a failed.'],
    ],
    [
      'says nothing of others where there are none',
      [{ name: 'a', probe: 'MF_ERR_NO_MEDIA' }],
      ['start a', 'cancel a', 'MF_ERR_NO_MEDIA a failed.'],
    ],
    [
      'takes the first tool that is there for the first choice',
      [{ name: 'a', start: 'MF_ERR_TOOL_MISSING' }, { name: 'b', probe: 'MF_ERR_NO_MEDIA' }, { name: 'c' }],
      ['start a', 'start b', 'cancel b', 'MF_ERR_NO_MEDIA b failed. untried'],
    ],
  ];
  for (const [fact, plans, diary] of PROBES) {
    it(fact, async () => assert.deepEqual(await runChain(plans, { firstChoiceOnly: true }), diary));
  }

  const TOLD: readonly (readonly [first: FailureCode, last: FailureCode, told: FailureCode])[] = [
    ['MF_ERR_NO_MEDIA', 'MF_ERR_LOGIN_REQUIRED', 'MF_ERR_LOGIN_REQUIRED'],
    ['MF_ERR_LOGIN_REQUIRED', 'MF_ERR_NO_MEDIA', 'MF_ERR_LOGIN_REQUIRED'],
    ['MF_ERR_UNSUPPORTED', 'MF_ERR_NO_MEDIA', 'MF_ERR_NO_MEDIA'],
    ['MF_ERR_UNSUPPORTED', 'MF_ERR_TOOL_MISSING', 'MF_ERR_TOOL_MISSING'],
    ['MF_ERR_NO_MEDIA', 'MF_ERR_NOT_FOUND', 'MF_ERR_NOT_FOUND'],
    ['MF_ERR_NO_MEDIA', 'MF_ERR_RATE_LIMITED', 'MF_ERR_RATE_LIMITED'],
    ['MF_ERR_TOOL_OUTDATED', 'MF_ERR_NETWORK', 'MF_ERR_NETWORK'],
    ['MF_ERR_PLUGIN', 'MF_ERR_TOOL_OUTDATED', 'MF_ERR_TOOL_OUTDATED'],
  ];
  for (const [first, last, told] of TOLD) {
    it(`tells ${told} of ${first} and ${last}`, async () => {
      const plans: readonly Plan[] = [
        { name: 'a', probe: first },
        { name: 'b', probe: last, alsoAfter: ['MF_ERR_LOGIN_REQUIRED'] },
      ];
      assert.match((await runChain(plans)).at(-1) ?? '', new RegExp(`^${told} `));
    });
  }

  it('takes what has no code for a mistake of the plugin', async () => {
    const chain = createEngineChain(() => [
      {
        name: 'a',
        start: () => {
          throw new TypeError('x is undefined');
        },
      },
    ]);
    const probed = chain.probe(createScriptedContext(LINK, {}));
    await assert.rejects(probed, { code: 'MF_ERR_PLUGIN', message: /x is undefined/ });
  });

  it('has nothing to fetch before the probe', async () => {
    const chain = createEngineChain(() => []);
    const context = createScriptedContext(LINK, {});
    await assert.rejects(chain.fetch(context, { post: { postId: '1' }, items: [] }), { code: 'MF_ERR_PLUGIN' });
  });
});
