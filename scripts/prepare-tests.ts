import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { managedToolPaths, prepareProduct } from './prepare-product.ts';
import { ROOT, StepError, run, step } from './steps.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The product's own set-up, Chromium besides, and the tools in the environment of all tests. */
export async function prepareTests(): Promise<void> {
  const dataDir = join(ROOT, '.cache/test-data');
  await prepareProduct({ dataDir });
  Object.assign(process.env, managedToolPaths(dataDir));
  await step('Chromium', ensureChromium);
}

async function ensureChromium(): Promise<true | undefined> {
  const named = process.env['CHROME_PATH'];
  const found = [...(named === undefined ? [] : [named]), ...CHROMIUM].find((path) => existsSync(path));
  if (found === undefined) await installChromium();
  process.env['CHROME_PATH'] = found ?? CHROMIUM.find((path) => existsSync(path)) ?? '';
  return found === undefined ? true : undefined;
}

async function installChromium(): Promise<void> {
  const byHand = 'The tests need Chromium. Install it, or name it in CHROME_PATH.';
  if (process.getuid?.() !== 0) throw new StepError(byHand);
  if (spawnSync('apt-get', ['--version']).status === 0) {
    await run('apt-get', ['update']);
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
  } else if (spawnSync('apk', ['--version']).status === 0) await run('apk', ['add', '--no-cache', 'chromium']);
  else throw new StepError(byHand);
}
