import { join } from 'node:path';
import { ROOT, run } from '../steps.ts';
import { buildWhenChanged } from './stamp.ts';
import type { Target } from './stamp.ts';

const WEB_APP: Target = {
  dist: 'ui/dist',
  sources: [
    'ui/src/**/*',
    'ui/public/**/*',
    'ui/index.html',
    'ui/package.json',
    'ui/vite.config.*',
    'ui/tsconfig.json',
  ],
};

/** Builds the web app when its sources have changed since the last build. */
export async function buildWebApp(): Promise<true | undefined> {
  return buildWhenChanged(WEB_APP, async () =>
    run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], { cwd: join(ROOT, 'ui') }),
  );
}
