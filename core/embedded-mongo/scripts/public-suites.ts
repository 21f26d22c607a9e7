#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { start } from '../src/index.ts';
import { leftOut } from './suites/left-out.ts';
import type { Outcome } from './suites/report.ts';
import { suites } from './suites/suites.ts';
import type { Suite } from './suites/suites.ts';

const usage = `usage: public-suites.ts mongoose|agenda|driver FOLDER [--only FILE]…
       public-suites.ts unified DRIVER-FOLDER SPECIFICATIONS-FOLDER`;

/** How often documents that are too old go, in milliseconds: suites wait for that. */
const EXPIRY = 1000;

async function runSuite(suite: Suite, folders: readonly string[], chosen: readonly string[]): Promise<Outcome[]> {
  const work = mkdtempSync(join(tmpdir(), 'public-suite-'));
  const engine = await start({
    file: join(work, 'db'),
    listen: { port: 0 },
    testCommands: true,
    onLog: (line) => console.error(line),
  });
  const expiry = setInterval(() => void engine.expire(), EXPIRY);
  try {
    suite.prepare?.(folders);
    const report = join(work, 'report.json');
    const port = 'port' in engine.address ? engine.address.port : 0;
    const child = spawn(process.execPath, suite.command(report, chosen), {
      cwd: suite.folder(folders),
      env: { ...process.env, ...suite.environment(`mongodb://127.0.0.1:${port}/`) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await once(child, 'exit');
    if (!existsSync(report)) throw new Error('the suite wrote no report; are its packages installed?');
    return suite.read(report);
  } finally {
    clearInterval(expiry);
    await engine.close();
    rmSync(work, { recursive: true, force: true });
  }
}

function print(name: string, outcomes: readonly Outcome[]): void {
  const out = new Map((leftOut[name] ?? []).map((one) => [one.title, one.needs]));
  const failed = outcomes.filter((one) => one.state === 'failed');
  const counted = failed.filter((one) => !out.has(one.title));
  const passed = outcomes.filter((one) => one.state === 'passed').length;
  for (const one of failed) {
    const needs = out.get(one.title);
    if (needs === undefined) console.log(`FAILED ${one.title}\n  ${one.error.split('\n').slice(0, 4).join('\n  ')}`);
    else console.log(`left out (${needs}) ${one.title}`);
  }
  for (const one of outcomes)
    if (one.state === 'passed' && out.has(one.title)) console.log(`passes, and is left out: ${one.title}`);
  const total = passed + counted.length;
  console.log(
    `${name}: ${passed} of ${total} passed (${((100 * passed) / Math.max(1, total)).toFixed(2)} %), ${counted.length} failed, ${failed.length - counted.length} left out, ${outcomes.filter((one) => one.state === 'skipped').length} skipped by the suite`,
  );
  if (counted.length > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true, default: [] } },
  });
  const [name = '', ...folders] = positionals;
  const suite = suites[name];
  if (!suite || folders.length !== (name === 'unified' ? 2 : 1)) throw new TypeError(usage);
  print(name, await runSuite(suite, folders, values.only));
}

main().catch((error: unknown) => {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
});
