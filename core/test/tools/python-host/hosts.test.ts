import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { PYTHON_HOST } from '../../../src/places.ts';
import type { HostsOptions } from '../../../src/tools/index.ts';
import { createHosts } from '../../../src/tools/index.ts';
import type { ProcessRequest } from '../../../src/tools/process/run-process.ts';
import { runProcess } from '../../../src/tools/process/run-process.ts';
import { isProcessAlive } from '../../../src/worker/process-group.ts';
import { until } from '../../worker/helpers/until.ts';
import { makeFolder, writeProgram } from '../temporary-folder.ts';
import { createStandIn } from './stand-in.ts';
import type { StandIn } from './stand-in.ts';

/** Does what its first argument says, in Python. */
const MAIN = `
import sys
state = {}
def main():
    exec(sys.argv[1], {'state': state})
`;
const PID = 'import os; print(os.getpid())';

describe('a warm Python', { timeout: 600_000 }, () => {
  let standIn: StandIn;
  before(async () => void (standIn = await createStandIn(MAIN)));
  after(() => standIn.remove());

  async function open(t: TestContext, options: Partial<HostsOptions> = {}) {
    const folder = await makeFolder(t);
    const file = await standIn.write(folder, '');
    const hosts = createHosts({ script: PYTHON_HOST, ...options });
    t.after(() => hosts.close());
    const request = (code: string, more: Partial<ProcessRequest> = {}): ProcessRequest => ({
      file,
      arguments: [code],
      environment: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' },
      directory: folder,
      signal: new AbortController().signal,
      ...more,
    });
    const run = (code: string, more: Partial<ProcessRequest> = {}) => hosts.launch('yt-dlp', request(code, more));
    return { folder, file, hosts, request, run };
  }

  it('runs one job after the other in one process', async (t) => {
    const { run, hosts } = await open(t);
    const outcomes = [await run(PID), await run(PID)];
    const [pid] = hosts.pids();
    assert.deepEqual(
      outcomes,
      [1, 2].map(() => ({ missing: false, exitCode: 0, stdout: String(pid), stderr: '' })),
    );
  });

  const ends: [what: string, code: string][] = [
    ['nothing', 'pass'],
    ['a code', 'raise SystemExit(3)'],
    ['a code beyond a byte', 'raise SystemExit(300)'],
    ['a sentence', 'raise SystemExit("ERROR: nothing there")'],
    ['none', 'raise SystemExit(None)'],
    ['an error that nobody catches', 'raise ValueError("broken")'],
    ['output in any encoding', 'import sys; print("späße ☃"); print("\\udcff", file=sys.stderr)'],
    ['output of a child', 'import subprocess; subprocess.run(["sh", "-c", "echo out; echo err >&2"])'],
    ['output without a last line break', 'import sys; sys.stdout.write("half"); sys.stderr.write("whole\\n")'],
    ['closed streams', 'import sys, os; print("said", flush=True); sys.stdout.close(); os.close(1)'],
    ['a question to nobody', 'print(repr(input("?")))'],
    ['a death of its own', 'import os; print("last words", flush=True); os._exit(7)'],
    ['a crash', 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)'],
    ['its name', 'import sys, os; print(os.path.basename(sys.argv[0]), len(sys.argv))'],
    ['what it sees', 'import os; print(os.getcwd()); print(sorted(os.environ))'],
  ];
  for (const [what, code] of ends) {
    it(`ends a job with ${what} as a process of its own does`, async (t) => {
      const { run, request } = await open(t);
      const plain = await runProcess(request(code));
      // The lines of a traceback above the job's own are the starter's.
      const last = ({ stderr }: { stderr: string }): string => stderr.split('\n').at(-1) ?? '';
      for (const outcome of [await run(code), await run(code)]) {
        assert.deepEqual({ ...outcome, stderr: last(outcome) }, { ...plain, stderr: last(plain) });
      }
    });
  }

  const traces: [what: string, leave: string, look: string][] = [
    ['environment', 'import os; os.environ["SECRET"] = "1"', 'import os; print("SECRET" in os.environ)'],
    ['directory', 'import os; os.chdir("/")', 'import os; print(os.getcwd() == "/")'],
    ['umask', 'import os; os.umask(0o077)', 'import os; mask = os.umask(0); print(mask == 0o077)'],
    [
      'signal handlers',
      'import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)',
      'import signal; print(signal.getsignal(signal.SIGTERM) == signal.SIG_IGN)',
    ],
    [
      'log handlers',
      'import logging; logging.basicConfig(); logging.getLogger().info("x")',
      'import logging; print(len(logging.getLogger().handlers) > 0)',
    ],
    ['streams', 'import sys; sys.stdout = None', 'import sys; print(sys.stdout is None)'],
    [
      'time limits',
      'import socket; socket.setdefaulttimeout(1)',
      'import socket; print(socket.getdefaulttimeout() == 1)',
    ],
    ['search path', 'import sys; sys.path.insert(0, "/x")', 'import sys; print("/x" in sys.path)'],
    ['descriptors', 'import os; os.close(2); os.close(1)', 'import os; os.fstat(1); os.fstat(2); print(False)'],
  ];
  for (const [what, leave, look] of traces) {
    it(`leaves nothing of a job's ${what} to the next`, async (t) => {
      const { run, hosts } = await open(t);
      await run(leave);
      const [pid] = hosts.pids();
      assert.ok(pid !== undefined);
      assert.equal((await run(look)).stdout, 'False');
      assert.deepEqual(hosts.pids(), [pid]);
    });
  }

  for (const [what, code] of [
    ['a thread', 'import threading, time; threading.Thread(target=time.sleep, args=(600,), daemon=True).start()'],
    ['a child', 'import subprocess; print(subprocess.Popen(["sleep", "600"]).pid, flush=True)'],
  ]) {
    it(`is not used again when a job leaves ${what} behind`, async (t) => {
      const { run, hosts } = await open(t);
      const { exitCode, stdout } = await run(code ?? '');
      assert.equal(exitCode, 0);
      assert.deepEqual(hosts.pids(), []);
      if (stdout !== '') process.kill(Number(stdout), 'SIGKILL');
      assert.equal((await run('print("next")')).stdout, 'next');
    });
  }

  it('is gone when a job is stopped, and nothing else is', async (t) => {
    const { run, hosts } = await open(t);
    const bystander = spawn('sleep', ['600'], { stdio: 'ignore' });
    t.after(() => bystander.kill('SIGKILL'));
    const abort = new AbortController();
    const code = 'import os, time; print(os.getpid(), flush=True); time.sleep(600)';
    const outcome = await run(code, { signal: abort.signal, onStdout: () => abort.abort() });
    assert.equal(outcome.stopped, 'aborted');
    assert.throws(() => process.kill(Number(outcome.stdout), 0), { code: 'ESRCH' });
    assert.equal(bystander.exitCode, null);
    assert.deepEqual(hosts.pids(), []);
    assert.equal((await run('print("next")')).stdout, 'next');
  });

  it('is killed when a stopped job does not listen', async (t) => {
    const { run } = await open(t);
    const abort = new AbortController();
    const code =
      'import os, signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(os.getpid(), flush=True); time.sleep(600)';
    const outcome = await run(code, { signal: abort.signal, onStdout: () => abort.abort() });
    assert.equal(outcome.stopped, 'aborted');
    assert.throws(() => process.kill(Number(outcome.stdout), 0), { code: 'ESRCH' });
  });

  it('ends a job whose time is up', async (t) => {
    const { run } = await open(t);
    assert.equal((await run('import time; time.sleep(600)', { timeoutMs: 200 })).stopped, 'timed-out');
  });

  it('keeps head and tail of a flood and no more', async (t) => {
    const { run } = await open(t);
    const { stdout, exitCode } = await run('print("x" * 20_000_000); [print("line", n) for n in range(20_000)]');
    assert.equal(exitCode, 0);
    assert.ok(stdout.length < 200_000);
    assert.ok(stdout.endsWith('line 19999'));
    assert.equal((await run('print("next")')).stdout, 'next');
  });

  it('is replaced after so many runs', async (t) => {
    const { run } = await open(t, { maxRuns: 2 });
    const pids = [await run(PID), await run(PID), await run(PID)].map(({ stdout }) => stdout);
    assert.equal(pids[0], pids[1]);
    assert.notEqual(pids[1], pids[2]);
  });

  it('is replaced when it has grown', async (t) => {
    const { run, hosts } = await open(t, { maxBytes: 150_000_000 });
    await run('state["kept"] = b"x" * 200_000_000');
    assert.deepEqual(hosts.pids(), []);
    assert.equal((await run('print("kept" in state)')).stdout, 'False');
  });

  it('is replaced when the tool is', async (t) => {
    const { run, file } = await open(t);
    const { stdout: before } = await run(PID);
    await utimes(file, new Date(), new Date(Date.now() + 60_000));
    assert.notEqual((await run(PID)).stdout, before);
  });

  it('takes one job at a time: another one gets a process of its own', async (t) => {
    const { run, folder } = await open(t);
    const gate = join(folder, 'gate');
    const first = run(
      `import os, time\nprint(os.getpid(), flush=True)\nwhile not os.path.exists(${JSON.stringify(gate)}): time.sleep(0.01)`,
    );
    const { stdout: second } = await run(PID);
    await writeFile(gate, '');
    assert.notEqual((await first).stdout, second);
  });

  it('is done without where the tool cannot be imported', async (t) => {
    const { run, folder, hosts } = await open(t);
    const broken = await createStandIn('raise ImportError');
    t.after(() => broken.remove());
    const file = await broken.write(folder, '');
    await mkdir(join(folder, 'elsewhere/yt_dlp'), { recursive: true });
    await writeFile(join(folder, 'elsewhere/yt_dlp/__init__.py'), 'def main(): print("by itself")');
    // What only the environment of a process leads to is not found by an isolated one.
    const environment = { PYTHONPATH: join(folder, 'elsewhere') };
    assert.equal((await run('', { file, environment })).stdout, 'by itself');
    assert.deepEqual(hosts.pids(), []);
  });

  it('is done without where the program is no script of Python', async (t) => {
    const { run, folder, hosts } = await open(t);
    const file = await writeProgram(folder, 'binary', 'echo by itself');
    assert.equal((await run('', { file })).stdout, 'by itself');
    assert.deepEqual(hosts.pids(), []);
  });

  it('goes when nobody needs it any more', async (t) => {
    const { run, hosts } = await open(t);
    const pid = Number((await run(PID)).stdout);
    assert.ok(await isProcessAlive(pid, undefined));
    hosts.close();
    await until(async () => !(await isProcessAlive(pid, undefined)));
  });

  it('tells nothing of a job by its command line or environment', async (t) => {
    const { run } = await open(t);
    const { stdout } = await run(PID, { environment: { PATH: '/bin:/usr/bin' } });
    const secret = 'a-secret-of-the-second-job';
    await run(`'${secret}'`, { environment: { PATH: '/bin:/usr/bin', TOKEN: secret } });
    const files = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${stdout}/${name}`, 'utf8')));
    assert.ok(files.every((text) => !text.includes(secret)));
  });
});
