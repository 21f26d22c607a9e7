import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';

const candidates = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = candidates.find((path) => path && existsSync(path));

/** Media addresses lead to files of test/fixtures: the id is the file's name. */
async function serveFixtures(context, next) {
  const [, name] = /^\/api\/media\/([\w.-]+)\//.exec(context.path) ?? [];
  if (name) context.url = `/ui/test/fixtures/${name}`;
  await next();
}

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: ['test/**/*.test.ts'],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  nodeResolve: true,
  hostname: '127.0.0.1',
  // A page behind another draws no frames.
  concurrency: 1,
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  middleware: [serveFixtures],
  browsers: [
    chromeLauncher({
      launchOptions: {
        ...(executablePath ? { executablePath } : {}),
        args: [
          '--no-sandbox',
          '--disable-dev-shm-usage',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
        ],
      },
    }),
  ],
  testFramework: { config: { timeout: 40_000 } },
};
