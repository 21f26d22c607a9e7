import type { Connector } from '@mediafetcher/sdk';
import { createEngineChain, defineConnector, listByChain } from '@mediafetcher/sdk';
import { chooseEngines } from './engines.ts';
import { ytDlpLister } from './list-yt-dlp.ts';

const connector: Connector = defineConnector({
  ...createEngineChain(chooseEngines),
  list: (context, request) => listByChain([ytDlpLister], context, request),
});

export default connector;
