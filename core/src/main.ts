import { enableCompileCache, setSourceMapsSupport } from 'node:module';
import { join } from 'node:path';
import { loadConfig } from './config.ts';
import { keepMemorySmall } from './small-memory.ts';

/** The process's roles; each loads only what it needs. A runner has an entry of its own. */
const ROLES = {
  server: async () => {
    await (await import('./server.ts')).runServer(loadConfig());
  },
  cli: async () => (await import('./cli/index.ts')).runCli(process.argv.slice(3), loadConfig()),
  worker: async () => (await import('./worker-main.ts')).runWorker(loadConfig()),
} as const;

// Before the role's modules are loaded: that makes the most.
keepMemorySmall();
// What is thrown names the lines of the sources, also where the code is built.
setSourceMapsSupport(true, { nodeModules: false });
// Compiling is half of a start.
if (process.env['NODE_COMPILE_CACHE'] === undefined) enableCompileCache(join(loadConfig().dataDir, 'cache', 'node'));

const role = process.argv[2] ?? 'server';
if (role in ROLES) await ROLES[role as keyof typeof ROLES]();
else {
  process.stderr.write(`There is no role ${role}. Roles: ${Object.keys(ROLES).join(', ')}.\n`);
  process.exitCode = 2;
}
