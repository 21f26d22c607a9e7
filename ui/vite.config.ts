import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** The server of `npm run dev`. */
const server = `http://127.0.0.1:${process.env['PORT'] ?? '8484'}`;

/** The service worker lies at the root of its scope, under a name that stays. */
const WORKER = 'sw.js';
/** What it keeps, from `public`. */
const KEPT = ['offline.html', 'offline.js', 'icons/icon.svg'];

/** Writes into the service worker which build it belongs to. */
function nameBuild(): Plugin {
  return {
    name: 'name-build',
    generateBundle(_options, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== 'chunk') throw new Error(`The build made no ${WORKER}.`);
      const build = createHash('sha256').update(Object.keys(bundle).sort().join('\n'));
      for (const part of KEPT) build.update(readFileSync(new URL(`public/${part}`, import.meta.url)));
      worker.code = worker.code.replace('__BUILD__', build.digest('hex').slice(0, 16));
    },
  };
}

/** Everything is addressed relative to `<base href>`, so that the same build works on a sub-path. */
export default defineConfig({
  base: './',
  plugins: [nameBuild()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: 'index.html', sw: 'src/sw/sw.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? WORKER : 'assets/[name]-[hash].js') },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/health': server,
      '/metrics': server,
      '/graphql': { target: server, ws: true },
    },
  },
});
