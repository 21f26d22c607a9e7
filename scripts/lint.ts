import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './steps.ts';

const bin = (path: string): string => join(ROOT, 'node_modules', path);

/** Types, rules, imports and format of every workspace; each check says its own. */
const CHECKS: readonly (readonly [string, readonly string[]])[] = [
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the web app', [bin('typescript/bin/tsc'), '-p', 'ui/tsconfig.json']],
  ['rules', [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', '.cache/eslint/', '.']],
  [
    'imports',
    [
      bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'core',
      'sdk',
      'plugins',
      'ui/src',
      'tests',
      'scripts',
    ],
  ],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
];

let failed = false;
for (const [name, argv] of CHECKS) {
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, argv, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.stdout.write(`${code === 0 ? '✔' : '✖'} ${name}\n`);
  failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
