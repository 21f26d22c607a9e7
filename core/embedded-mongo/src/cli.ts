#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { EngineError, start } from './index.ts';

const usage = 'usage: engine --db FILE --port N [--durability normal|full]';

function readArguments(): { file: string; port: number; durability: 'normal' | 'full' } {
  const { values } = parseArgs({
    options: {
      db: { type: 'string' },
      port: { type: 'string', default: '0' },
      durability: { type: 'string', default: 'normal' },
    },
  });
  const port = Number(values.port);
  if (values.db === undefined || !Number.isInteger(port) || port < 0 || port > 65535) throw new TypeError(usage);
  if (values.durability !== 'normal' && values.durability !== 'full') throw new TypeError(usage);
  return { file: values.db, port, durability: values.durability };
}

async function main(): Promise<void> {
  const { file, port, durability } = readArguments();
  const engine = await start({ file, durability, listen: { port }, onLog: (message) => console.error(message) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void engine.close());
  console.log(`ready ${'port' in engine.address ? `mongodb://127.0.0.1:${engine.address.port}/` : engine.uri}`);
  const death = await engine.closed;
  if (death) throw death;
}

main().catch((error: unknown) => {
  console.error(error instanceof EngineError || error instanceof TypeError ? error.message : error);
  process.exitCode = 1;
});
