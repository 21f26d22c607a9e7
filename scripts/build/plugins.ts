import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { existsSync, globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../steps.ts';
import { bundle } from './bundle.ts';
import { buildWhenChanged } from './stamp.ts';

/** Builds the SDK and each plugin whose sources have changed: `dist` of each is the package as it is published. */
export async function buildPlugins(): Promise<true | undefined> {
  const built = [await buildPackage('sdk', { index: 'sdk/src/index.ts', testing: 'sdk/src/testing/index.ts' }, [])];
  for (const file of globSync('plugins/*/*/package.json', { cwd: ROOT }).sort()) {
    const folder = dirname(file);
    built.push(await buildPackage(folder, { index: `${folder}/src/index.ts` }, ['sdk/src/**/*.ts']));
  }
  return built.includes(true) ? true : undefined;
}

async function buildPackage(
  folder: string,
  entries: Readonly<Record<string, string>>,
  more: readonly string[],
): Promise<true | undefined> {
  const dist = `${folder}/dist`;
  const sources = [`${folder}/src/**/*.ts`, `${folder}/{package.json,icon.svg}`, 'scripts/build/{bundle,plugins}.ts'];
  return buildWhenChanged({ dist, sources: [...sources, ...more] }, async () => {
    await bundle({ dist, entries });
    await describePackage(folder, Object.keys(entries));
  });
}

/** Writes the package.json of the published form beside what it names. */
async function describePackage(folder: string, entries: readonly string[]): Promise<void> {
  const description = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8')) as object;
  const exports = Object.fromEntries(entries.map((name) => [name === 'index' ? '.' : `./${name}`, `./${name}.js`]));
  const published = { ...description, exports: { ...exports, './package.json': './package.json' } };
  await writeFile(join(ROOT, folder, 'dist/package.json'), `${JSON.stringify(published, null, 2)}\n`);
  const icon = join(ROOT, folder, 'icon.svg');
  if (existsSync(icon)) await copyFile(icon, join(ROOT, folder, 'dist/icon.svg'));
}
