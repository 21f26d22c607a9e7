import { registerStage } from '../run.ts';
import { facet, unionWith } from './facet.ts';
import { bucket, bucketAuto } from './bucket.ts';
import { graphLookup } from './graph-lookup.ts';
import { redact } from './redact.ts';
import { group, sortByCount } from './group.ts';
import { lookup } from './lookup.ts';
import { count, limit, match, misplaced, sample, skip, sort } from './simple.ts';
import { unwind } from './unwind.ts';

/** Makes every supported stage known; a stage that MongoDB has and this engine has not is unknown: 40324. */
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
  registerStage('$graphLookup', graphLookup);
  registerStage('$bucket', bucket);
  registerStage('$bucketAuto', bucketAuto);
  registerStage('$redact', redact);
  for (const name of ['$collStats', '$indexStats', '$currentOp', '$documents', '$listLocalSessions']) {
    registerStage(name, misplaced(40602, `${name} is only valid as the first stage in a pipeline`));
  }
  for (const name of ['$out', '$merge'])
    registerStage(name, misplaced(40601, `${name} can only be the final stage in the pipeline`));
  registerStage('$changeStream', misplaced(40573, 'The $changeStream stage is only supported on replica sets'));
}
