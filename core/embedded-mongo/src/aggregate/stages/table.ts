import { registerStage } from '../run.ts';
import { facet, unionWith } from './facet.ts';
import { group, sortByCount } from './group.ts';
import { lookup } from './lookup.ts';
import { count, limit, match, sample, skip, sort, unsupported } from './simple.ts';
import { unwind } from './unwind.ts';

/** Makes every supported stage known; refuses by name those that MongoDB has and this engine has not. */
export function registerStages(): void {
  registerStage('$match', match);
  registerStage('$limit', limit);
  registerStage('$skip', skip);
  registerStage('$sort', sort);
  registerStage('$count', count);
  registerStage('$sample', sample);
  registerStage('$group', group);
  registerStage('$sortByCount', sortByCount);
  registerStage('$unwind', unwind);
  registerStage('$lookup', lookup);
  registerStage('$facet', facet);
  registerStage('$unionWith', unionWith);
  const refused = [
    '$out',
    '$merge',
    '$graphLookup',
    '$bucket',
    '$bucketAuto',
    '$geoNear',
    '$changeStream',
    '$setWindowFields',
    '$densify',
    '$fill',
    '$redact',
    '$search',
    '$collStats',
    '$indexStats',
    '$currentOp',
    '$documents',
    '$planCacheStats',
  ];
  for (const name of refused) registerStage(name, unsupported(name));
}
