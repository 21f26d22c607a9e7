import assert from 'node:assert/strict';
import test from 'node:test';
import { listenTestApp, makeDataDir } from '../helpers/build-test-app.ts';
import { mediafetcher, mediafetcherWith } from '../helpers/cli.ts';

interface Account {
  readonly username: string;
  readonly role: string;
  readonly disabled: boolean;
}

test('accounts are made and given passwords on the machine itself, beside a server and without one', async (t) => {
  const dataDir = await makeDataDir(t);
  const first = await mediafetcherWith('correct horse\n', dataDir, 'user', 'add', 'Ann');
  assert.deepEqual([first.code, first.stdout], [0, 'Ann may sign in (admin, as the first one).\n'], first.stderr);

  const { app } = await listenTestApp(t, { DATA_DIR: dataDir });
  const signIn = async (username: string, password: string): Promise<number> =>
    (await app.inject({ method: 'POST', url: '/api/auth/login', payload: { username, password } })).statusCode;
  const ben = await mediafetcherWith('battery staple\n', dataDir, 'user', 'add', 'ben', '--json');
  const again = await mediafetcherWith('battery staple\n', dataDir, 'user', 'add', 'BEN');
  const made = JSON.parse(ben.stdout) as Account;
  assert.deepEqual([made.username, made.role, made.disabled], ['ben', 'user', false]);
  assert.deepEqual([again.code, again.stderr.split(':')[0]], [2, 'MF_ERR_STATE']);
  assert.deepEqual([await signIn('ann', 'correct horse'), await signIn('ben', 'battery staple')], [200, 200]);

  assert.equal((await mediafetcherWith('another one', dataDir, 'user', 'password', 'Ben')).code, 0);
  assert.deepEqual([await signIn('ben', 'battery staple'), await signIn('ben', 'another one')], [401, 200]);

  const { stdout } = await mediafetcher(dataDir, 'user', 'list');
  assert.match(stdout, /^Ann +admin +\d{4}-\d\d-\d\d\nben +user +\d{4}-\d\d-\d\d\n$/);
});

test('what nobody can make sense of is said before anything is opened', async (t) => {
  const dataDir = await makeDataDir(t);
  const answers = await Promise.all([
    mediafetcher(dataDir, 'user', 'frobnicate', 'ann'),
    mediafetcher(dataDir, 'user', 'add', 'ann'),
    mediafetcher(dataDir, 'status', 'now'),
  ]);
  for (const { code, stderr } of answers) assert.deepEqual([code, stderr.split(':')[0]], [2, 'MF_ERR_VALIDATION']);
  const help = await mediafetcher(dataDir, 'user', '--help');
  assert.match(help.stdout, /^Usage: mediafetcher user add NAME \| password NAME \| list \[FLAGS\]\n[^]*--admin /);
});
