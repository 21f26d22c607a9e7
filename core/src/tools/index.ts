export { createTools } from './create-tools.ts';
export type { CreateToolsOptions } from './create-tools.ts';
export type { ToolPaths, ToolProgress } from './tool-context.ts';
export { judgeRun } from './failure/judge-run.ts';
export { describeFailure, platformName } from './failure/sentences.ts';
export type { Failure, ToolId, ToolRun, Verdict } from './failure/tool-run.ts';
