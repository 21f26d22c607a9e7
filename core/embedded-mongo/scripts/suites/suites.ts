import { join } from 'node:path';
import { readMocha, readVitest } from './report.ts';
import type { Outcome } from './report.ts';
import { writeSetup, writeUnified } from './prepare.ts';

/** How one public suite is run from a checkout with its packages installed. */
export interface Suite {
  readonly folder: (folders: readonly string[]) => string;
  readonly prepare?: (folders: readonly string[]) => void;
  readonly command: (report: string, chosen: readonly string[]) => readonly string[];
  readonly environment: (uri: string) => Record<string, string>;
  readonly read: (report: string) => Outcome[];
}

const first = (folders: readonly string[]): string => folders[0] ?? '';

const mocha = (report: string): string[] => [
  'node_modules/mocha/bin/mocha.js',
  '--exit',
  '--reporter',
  'json',
  '--reporter-option',
  `output=${report}`,
];

const driverEnvironment = (uri: string): Record<string, string> => ({
  MONGODB_URI: uri,
  AUTH: 'noauth',
  TS_NODE_TRANSPILE_ONLY: 'true',
});

/** The suites by name. */
export const suites: Readonly<Record<string, Suite>> = {
  mongoose: {
    folder: first,
    command: (report, chosen) => [
      ...mocha(report),
      '--timeout',
      '30000',
      '--ignore',
      'test/encryption/**/*.test.js',
      ...(chosen.length > 0 ? chosen : ['./test/**/*.test.js']),
    ],
    environment: (uri) => ({ MONGOOSE_TEST_URI: `${uri}mongoose_test` }),
    read: readMocha,
  },
  agenda: {
    folder: (folders) => join(first(folders), 'packages/mongo-backend'),
    prepare: (folders) => writeSetup(join(first(folders), 'packages/mongo-backend')),
    command: (report, chosen) => [
      '../../node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'embedded.config.ts',
      '--reporter=json',
      `--outputFile=${report}`,
      ...chosen,
    ],
    environment: (uri) => ({ MONGO_URI: uri }),
    read: readVitest,
  },
  driver: {
    folder: first,
    command: (report, chosen) => [
      ...mocha(report),
      '--config',
      'test/mocha_mongodb.js',
      ...(chosen.length > 0 ? chosen : ['test/integration/crud']),
    ],
    environment: driverEnvironment,
    read: readMocha,
  },
  unified: {
    folder: first,
    prepare: (folders) => writeUnified(first(folders), join(folders[1] ?? '', 'source/crud/tests/unified')),
    command: (report, chosen) => [
      ...mocha(report),
      '--config',
      'test/mocha_mongodb.js',
      'test/integration/embedded-unified.test.ts',
      ...chosen,
    ],
    environment: driverEnvironment,
    read: readMocha,
  },
};
