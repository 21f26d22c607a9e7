import type { Connector } from '@mediafetcher/sdk';
import { createEngineChain, defineConnector, listByChain } from '@mediafetcher/sdk';
import { chooseEngines } from './engines.ts';
import { galleryDlLister } from './list-gallery-dl.ts';

const connector: Connector = defineConnector({
  ...createEngineChain(chooseEngines),
  list: (context, request) => listByChain([galleryDlLister], context, request),
});

export default connector;
