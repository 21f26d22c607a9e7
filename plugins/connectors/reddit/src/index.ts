import type { Connector } from '@mediafetcher/sdk';
import { createEngineChain, defineConnector } from '@mediafetcher/sdk';
import { chooseEngines } from './engines.ts';

const connector: Connector = defineConnector(createEngineChain(chooseEngines));

export default connector;
