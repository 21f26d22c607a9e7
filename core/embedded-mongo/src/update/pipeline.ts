import { mongoError } from '../errors.ts';
import { documentStages } from '../aggregate/document-stages.ts';
import { clone } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { MatchOptions } from '../match/tree.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

/**
 * Checks an update that is a pipeline.
 * @throws MongoError 72 for a stage that updates may not use
 */
export function parsePipeline(pipeline: readonly Value[], options: MatchOptions): (document: Doc) => Doc {
  const stages = pipeline.map((one) => {
    if (!(one instanceof Map) || one.size !== 1)
      throw mongoError('FailedToParse', 'A pipeline stage specification object must contain exactly one field.');
    const [[name, argument] = ['', null]] = one;
    const build = documentStages.get(name);
    if (!build || !allowed.has(name))
      throw mongoError('InvalidOptions', `${name} is not allowed to be used within an update`);
    return build(argument, options);
  });
  return (document) => {
    const id = document.get('_id');
    let result = clone(document);
    for (const stage of stages) result = stage(result);
    if (id !== undefined && !result.has('_id')) result = new Map<string, Value>([['_id', id], ...result]);
    return result;
  };
}
