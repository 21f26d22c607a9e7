import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runProcess } from '../../../src/tools/process/run-process.ts';
import type { ProcessRequest } from '../../../src/tools/process/run-process.ts';

function shell(script: string, options: Partial<ProcessRequest> = {}): ProcessRequest {
  return {
    file: '/bin/sh',
    arguments: ['-c', script],
    environment: { PATH: process.env['PATH'] ?? '' },
    signal: new AbortController().signal,
    ...options,
  };
}

describe('running a program', () => {
  it('tells exit code and both streams', async () => {
    const outcome = await runProcess(shell('echo out; echo err >&2; exit 3'));
    assert.deepEqual(outcome, { missing: false, stdout: 'out', stderr: 'err', exitCode: 3 });
  });

  it('tells that a program is not there', async () => {
    const { missing } = await runProcess(shell('', { file: '/nonexistent/tool' }));
    assert.ok(missing);
  });

  it('hands over nothing of our own environment', async () => {
    const { stdout } = await runProcess(shell('env'));
    assert.ok(!stdout.includes('HOME='));
  });

  it('ends with the signal, and takes its children along', async () => {
    const abort = new AbortController();
    const outcome = await runProcess(
      shell('echo started; exec sleep 60', { signal: abort.signal, onStdout: () => abort.abort() }),
    );
    assert.equal(outcome.stopped, 'aborted');
    assert.equal(outcome.signal, 'SIGINT');
  });

  it('does not start after an abort', async () => {
    const outcome = await runProcess(shell('exit 0', { signal: AbortSignal.abort() }));
    assert.deepEqual(outcome, { stopped: 'aborted', missing: false, stdout: '', stderr: '' });
  });

  it('kills a program that does not listen', async () => {
    const abort = new AbortController();
    const outcome = await runProcess(
      shell('trap "" INT TERM; echo started; while :; do sleep 0.1; done', {
        signal: abort.signal,
        onStdout: () => abort.abort(),
      }),
    );
    assert.equal(outcome.signal, 'SIGKILL');
  });

  it('stops at the wall clock', async () => {
    const outcome = await runProcess(shell('exec sleep 60', { timeoutMs: 50 }));
    assert.equal(outcome.stopped, 'timed-out');
  });

  it('does not wait for a grandchild that keeps the pipes open', async () => {
    const outcome = await runProcess(shell('sleep 30 & echo "$!"; exit 0'));
    assert.equal(outcome.exitCode, 0);
    process.kill(Number(outcome.stdout), 'SIGKILL');
  });

  it('gives a program an open stdin that never speaks', async () => {
    const abort = new AbortController();
    const outcome = await runProcess(
      shell('echo asking; read answer; echo "got $answer"', {
        stdin: 'open',
        signal: abort.signal,
        killSignal: 'SIGKILL',
        onStdout: () => abort.abort(),
      }),
    );
    assert.equal(outcome.stdout, 'asking');
  });

  it('holds little of a flood and of an endless line', async () => {
    const before = process.memoryUsage.rss();
    const flood =
      "yes 'a line of a tool that has gone mad' | head -c 300000000; head -c 50000000 /dev/zero | tr '\\0' x";
    const { stdout } = await runProcess(shell(flood));
    assert.ok(stdout.length < 150_000);
    assert.ok(process.memoryUsage.rss() - before < 150_000_000);
  });
});
