import { join } from 'node:path';
import { ROOT } from './steps.ts';

/** One check of `npm run lint`: what it is called, and what Node runs. */
export interface LintCheck {
  readonly name: string;
  readonly argv: readonly string[];
}

const bin = (path: string): string => join(ROOT, 'node_modules', path);
const tsc = (project: string, info: string): readonly string[] => [
  ...[bin('typescript/bin/tsc'), '-p', project, '--noEmit'],
  ...['--incremental', '--tsBuildInfoFile', `.cache/${info}.tsbuildinfo`],
];
const FOLDERS = ['core', 'sdk', 'plugins', 'ui/src', 'tests', 'scripts'];

/** Types, rules, imports and format of every workspace. */
export const LINT_CHECKS: readonly LintCheck[] = [
  { name: 'types', argv: tsc('tsconfig.json', 'tsc') },
  { name: 'types of the web app', argv: tsc('ui/tsconfig.json', 'tsc-ui') },
  { name: 'types of the service worker', argv: tsc('ui/src/sw/tsconfig.json', 'tsc-sw') },
  { name: 'rules', argv: [bin('eslint/bin/eslint.js'), '--cache', '--cache-location', '.cache/eslint/', '.'] },
  {
    name: 'imports',
    argv: [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', ...FOLDERS],
  },
  { name: 'format', argv: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'] },
];
