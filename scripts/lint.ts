import { LINT_CHECKS } from './lint-checks.ts';
import { runProgram } from './testing/run-program.ts';

/** Every check, one after the other; each says its own. */
let failed = false;
for (const { name, argv } of LINT_CHECKS) {
  const { code, output } = await runProgram(argv, { limitMs: 30 * 60_000 });
  process.stdout.write(`${output}${code === 0 ? '✔' : '✖'} ${name}\n`);
  failed ||= code !== 0;
}
process.exit(failed ? 1 : 0);
