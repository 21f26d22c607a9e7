export { startWorker } from './start-worker.ts';
export type { Worker, WorkerOptions } from './worker-options.ts';
