import { defineConfig } from 'vite';

/** The server of `npm run dev`. */
const server = `http://127.0.0.1:${process.env['PORT'] ?? '8484'}`;

/** Everything is addressed relative to `<base href>`, so that the same build works on a sub-path. */
export default defineConfig({
  base: './',
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    proxy: {
      '/api': server,
      '/health': server,
      '/metrics': server,
      '/graphql': { target: server, ws: true },
    },
  },
});
