import type { ToolId } from './failure/tool-run.ts';
import type { ProcessOutcome, ProcessRequest } from './process/run-process.ts';

/** Runs a tool's command line to its end and never rejects, in a process of its own or in one that is warm. */
export type Launch = (tool: ToolId, request: ProcessRequest) => Promise<ProcessOutcome>;
