import { pino } from 'pino';
import type { WorkerOptions } from '../../../src/worker/index.ts';
import { startWorker } from '../../../src/worker/index.ts';

/** A worker in a process of its own, so that a test can kill it: takes its options, without the log, as JSON. */
const options = JSON.parse(process.argv[2] ?? '') as Omit<WorkerOptions, 'log'>;
await startWorker({ ...options, log: pino({ level: 'silent' }) });
