import type { Connector } from '@mediafetcher/sdk';
import { createEngineChain, defineConnector, listByChain } from '@mediafetcher/sdk';
import { chooseEngines, chooseListers } from './engines.ts';

const connector: Connector = defineConnector({
  ...createEngineChain(chooseEngines),
  list: (context, request) => listByChain(chooseListers(context), context, request),
});

export default connector;
