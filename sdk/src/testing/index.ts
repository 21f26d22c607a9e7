export { checkPlugin, readConnectorManifest, readManifest } from './check-plugin.ts';
export { describeLink } from './describe-link.ts';
