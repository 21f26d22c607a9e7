import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:8484';

/** Everything is addressed relative to `<base href>`, so that the same build works on a sub-path. */
export default defineConfig({
  base: './',
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    proxy: {
      '/api': server,
      '/health': server,
      '/graphql': { target: server, ws: true },
    },
  },
});
