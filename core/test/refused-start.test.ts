import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startPatiently } from '../src/refused-start.ts';

const refusal = (code: string): Error => Object.assign(new Error(`spawn node ${code}`), { code });
const { signal } = new AbortController();

/** Starts that fail with these codes, one after the other, and then succeed. */
function refusals(...codes: readonly string[]): () => Promise<string> {
  const left = [...codes];
  return async () => {
    const code = left.shift();
    if (code !== undefined) throw refusal(code);
    return 'started';
  };
}

describe('a start that the system refuses', () => {
  for (const code of ['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']) {
    it(`for now (${code}) is tried again, ever more slowly`, async () => {
      const pauses: number[] = [];
      const pause = async (milliseconds: number): Promise<void> => void pauses.push(milliseconds);
      assert.equal(await startPatiently(refusals(code, code, code), { signal, pause }), 'started');
      assert.deepEqual(pauses, [100, 200, 400]);
    });
  }

  it('for good is not tried again', async () => {
    const pause = async (): Promise<void> => assert.fail('waited');
    await assert.rejects(startPatiently(refusals('ENOENT'), { signal, pause }), { code: 'ENOENT' });
  });

  it('for ever fails in the end', async () => {
    const start = async (): Promise<never> => Promise.reject(refusal('EAGAIN'));
    await assert.rejects(startPatiently(start, { signal, pause: async () => undefined }), { code: 'EAGAIN' });
  });

  it('is given up when the job is stopped', async () => {
    const stop = new AbortController();
    const started = startPatiently(refusals('EAGAIN'), { signal: stop.signal });
    stop.abort();
    await assert.rejects(started, { name: 'AbortError' });
  });
});
