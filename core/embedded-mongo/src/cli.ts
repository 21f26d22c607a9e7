#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { EngineError, start } from './index.ts';
import type { Address, Durability } from './index.ts';

const usage = 'usage: engine --db FILE [--port N | --socket PATH] [--durability normal|full]';

function readArguments(): { file: string; listen: Address; durability: Durability } {
  const { values } = parseArgs({
    options: {
      db: { type: 'string' },
      port: { type: 'string', default: '0' },
      socket: { type: 'string' },
      durability: { type: 'string', default: 'normal' },
    },
  });
  const port = Number(values.port);
  if (values.db === undefined || !Number.isInteger(port) || port < 0 || port > 65535) throw new TypeError(usage);
  if (values.durability !== 'normal' && values.durability !== 'full') throw new TypeError(usage);
  const listen = values.socket === undefined ? { port } : { socket: values.socket };
  return { file: values.db, listen, durability: values.durability };
}

async function main(): Promise<void> {
  const { file, listen, durability } = readArguments();
  const engine = await start({ file, durability, listen, onLog: (message) => console.error(message) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void engine.close());
  console.log(`ready ${'port' in engine.address ? `mongodb://127.0.0.1:${engine.address.port}/` : engine.uri}`);
  const death = await engine.closed;
  if (death) throw death;
}

main().catch((error: unknown) => {
  console.error(error instanceof EngineError || error instanceof TypeError ? error.message : error);
  process.exitCode = 1;
});
