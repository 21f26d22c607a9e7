import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { EnvironmentSchema } from '../../src/config.ts';
import { isIgnored, readCopies, readInstructions } from './helpers/read-dockerfile.ts';
import { ROOT, readProjectFile } from './helpers/read-docs.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly init?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const dockerfile = readProjectFile('Dockerfile');
const dockerignore = readProjectFile('.dockerignore');
const copies = readCopies(dockerfile);
const fromContext = copies.filter(({ from }) => from === undefined).flatMap(({ sources }) => sources);
const stages = readInstructions(dockerfile).flatMap((line) => /^FROM \S+ AS (\S+)$/.exec(line)?.[1] ?? []);

describe('Dockerfile', () => {
  it('copies only what is there and reaches the engine', () => {
    const missing = fromContext.filter((path) => !existsSync(join(ROOT, path)) || isIgnored(dockerignore, path));
    assert.deepEqual(missing, []);
  });

  it('copies from stages of its own', () => {
    const unknown = copies.filter(({ from }) => from !== undefined && !stages.includes(from));
    assert.deepEqual(unknown, []);
  });

  it('starts an entry that is in the project', () => {
    const entry = /^CMD \["node", "([^"]+)"\]$/m.exec(dockerfile)?.[1] ?? '';
    const source = entry.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
    assert.ok(existsSync(join(ROOT, source)), entry);
  });

  it('sets no variable that the schema does not know', () => {
    const instruction = readInstructions(dockerfile).find((line) => line.startsWith('ENV ')) ?? '';
    const names = [...instruction.matchAll(/([A-Z_]+)=/g)].flatMap(([, name]) => name ?? []);
    const known = new Set(['NODE_ENV', 'PATH', ...Object.keys(EnvironmentSchema.properties)]);
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
    );
  });

  it('does not run the server as root', () => {
    const users = readInstructions(dockerfile).filter((line) => line.startsWith('USER '));
    assert.deepEqual(users, ['USER node']);
  });

  it('installs the workspaces that the server loads', () => {
    const { plugins } = JSON.parse(readProjectFile('plugins.json')) as { plugins: { package: string }[] };
    const install = readInstructions(dockerfile).find((line) => line.includes('--omit=dev')) ?? '';
    const folders = [...install.matchAll(/--workspace=(\S+)/g)].flatMap(([, folder]) => folder ?? []);
    const installed = folders
      .flatMap((folder) => globSync([`${folder}/package.json`, `${folder}/*/package.json`], { cwd: ROOT }))
      .map((path) => (JSON.parse(readProjectFile(path)) as { name: string }).name);
    assert.deepEqual(
      plugins.filter((plugin) => !installed.includes(plugin.package)),
      [],
    );
  });

  it('finds sharp for musl in the lock, for both processors', () => {
    const { packages } = JSON.parse(readProjectFile('package-lock.json')) as { packages: Record<string, unknown> };
    for (const processor of ['x64', 'arm64']) {
      assert.ok(`node_modules/@img/sharp-linuxmusl-${processor}` in packages);
      assert.ok(`node_modules/@img/sharp-libvips-linuxmusl-${processor}` in packages);
    }
  });
});

describe('.dockerignore', () => {
  const KEPT_BACK = [
    '.git/config',
    '.env',
    'core/.env.local',
    'data/db/mediafetcher.sqlite',
    'node_modules/fastify/package.json',
    'plugins/connectors/x-twmd/node_modules/a/b.js',
    'runtime/node_modules/node',
    'tests/lab/proxy.ts',
    'ui/dist/index.html',
  ];
  for (const path of KEPT_BACK) {
    it(`keeps ${path} out`, () => assert.equal(isIgnored(dockerignore, path), true));
  }

  it('lets every source file of the server through', () => {
    const sources = globSync(
      ['core/src/**/*.ts', 'core/embedded-mongo/src/**/*.ts', 'sdk/src/**/*.ts', 'plugins/*/*/src/**/*.ts'],
      { cwd: ROOT },
    );
    assert.ok(sources.length > 100);
    assert.deepEqual(
      sources.filter((path) => isIgnored(dockerignore, path)),
      [],
    );
  });
});

describe('docker-compose.yml', () => {
  const file = parse(readProjectFile('docker-compose.yml')) as {
    readonly services: Readonly<Record<string, Service>>;
    readonly volumes: Readonly<Record<string, unknown>>;
  };
  const services = Object.entries(file.services);
  /** What the Compose specification knows of a service, as far as it is used here. */
  const KEYS = [
    ...['build', 'image', 'restart', 'init', 'user', 'security_opt', 'stop_grace_period', 'env_file'],
    ...['environment', 'ports', 'volumes', 'healthcheck', 'depends_on'],
  ];

  it('has the keys of the specification only', () => {
    assert.deepEqual(Object.keys(file).sort(), ['name', 'services', 'volumes']);
    for (const [, service] of services) {
      assert.deepEqual(
        Object.keys(service).filter((key) => !KEYS.includes(key)),
        [],
      );
    }
  });

  it('checks the health of every service', () => {
    for (const [, { healthcheck }] of services) assert.match(healthcheck?.test[0] ?? '', /^CMD(?:-SHELL)?$/);
  });

  it('waits for services that are there', () => {
    for (const [, service] of services) {
      for (const name of Object.keys(service.depends_on ?? {})) assert.ok(name in file.services, name);
    }
  });

  it('declares each named volume, and uses it', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    const named = mounted.filter((source) => /^[a-z]\w*$/.test(source));
    assert.deepEqual(named.sort(), Object.keys(file.volumes).sort());
  });

  it('sets no variable that the schema does not know, besides the time zone', () => {
    const names = Object.keys(file.services['server']?.environment ?? {}).filter((name) => name !== 'TZ');
    assert.deepEqual(
      names.filter((name) => !(name in EnvironmentSchema.properties)),
      [],
    );
  });

  it('reaps the processes that the tools leave behind', () => {
    assert.equal(file.services['server']?.init, true);
  });
});
