import type { ConnectorManifest } from '@mediafetcher/sdk';
import { readConnectorManifest } from '@mediafetcher/sdk/testing';

const IDS = ['instagram', 'tiktok', 'reddit', 'x-twmd', 'youtube-shorts'];

/** Manifests of the official connectors, in the order of plugins.json. */
export function readConnectors(): Promise<readonly ConnectorManifest[]> {
  return Promise.all(
    IDS.map((id) => readConnectorManifest(new URL(`../../plugins/connectors/${id}/package.json`, import.meta.url))),
  );
}
