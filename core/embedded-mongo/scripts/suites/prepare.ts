import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The agenda suite starts a MongoDB of its own; this configuration leaves that out. */
export function writeSetup(folder: string): void {
  writeFileSync(
    join(folder, 'embedded.config.ts'),
    `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { globals: true, environment: 'node', testTimeout: 30000, hookTimeout: 30000, fileParallelism: false } });
`,
  );
}

/** Runs the specification's own files by the driver's runner of unified tests. */
export function writeUnified(driver: string, specification: string): void {
  const files = readdirSync(specification)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(specification, name));
  writeFileSync(
    join(driver, 'test/integration/embedded-unified.test.ts'),
    `import { readFileSync } from 'fs';
import { EJSON } from 'bson';
import { runUnifiedSuite } from '../tools/unified-spec-runner/runner';
const files: string[] = ${JSON.stringify(files)};
describe('CRUD specification', function () {
  runUnifiedSuite(files.map(file => EJSON.parse(readFileSync(file, 'utf8'), { relaxed: true }) as any), () => false);
});
`,
  );
}
