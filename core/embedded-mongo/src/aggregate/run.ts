import { MongoError, mongoError } from '../errors.ts';
import type { Value } from '../bson/values.ts';
import { PAUSE } from '../pause.ts';
import { documentStages } from './document-stages.ts';
import type { Stage, StageBuilder, StageContext } from './stage.ts';

const builders = new Map<string, StageBuilder>();

/** Adds a stage to the language; done once by stages/table.ts. */
export function registerStage(name: string, builder: StageBuilder): void {
  builders.set(name, builder);
}

/** Every stage that may stand within a pipeline, also those that only say where they belong. */
export function stageNames(): string[] {
  return [...documentStages.keys(), ...builders.keys()];
}

/** The name and argument of a stage. */
export function stageParts(value: Value): readonly [string, Value] {
  if (!(value instanceof Map))
    throw mongoError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const [first] = value;
  if (value.size !== 1 || !first)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return first;
}

function buildStage(value: Value, context: StageContext): Stage {
  const [name, argument] = stageParts(value);
  const single = documentStages.get(name);
  if (single) {
    const change = single(argument, context.options);
    return function* (input) {
      for (const document of input) yield document === PAUSE ? PAUSE : change(document);
    };
  }
  const builder = builders.get(name);
  if (!builder) throw mongoError('UnknownStage', `Unrecognized pipeline stage name: '${name}'`);
  return builder(argument, context);
}

/**
 * Checks a pipeline.
 * @throws MongoError 40324 for an unknown stage
 */
export function buildPipeline(pipeline: readonly Value[], context: StageContext): Stage {
  const stages = pipeline.map((value) => buildStage(value, context));
  return (input) => stages.reduce((stream, stage) => stage(stream), input);
}
