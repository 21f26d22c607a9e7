export { checkPlugin, readConnectorManifest, readManifest } from './check-plugin.ts';
export { describeLink } from './describe-link.ts';
export { createPostLink } from './post-link.ts';
export { readFixture } from './read-fixture.ts';
export type { ScriptedContext, ScriptedContextOptions, ToolScript } from './scripted-context.ts';
export { createScriptedContext } from './scripted-context.ts';
