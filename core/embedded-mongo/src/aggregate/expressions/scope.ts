import { isNumber } from '../../bson/exact.ts';
import { toNumber } from '../../bson/numbers.ts';
import { undefinedValue } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';

/** What an expression is evaluated over. */
export interface Scope {
  /** The document of the stage: $$ROOT. */
  readonly root: Doc;
  /** $$CURRENT. */
  readonly current: Value;
  /** Variables of let, $map, $filter and so on, without their $$. */
  readonly variables: ReadonlyMap<string, Value>;
}

/** A compiled expression; undefined means that the value is missing. */
export type Expression = (scope: Scope) => Value | undefined;

/** Compiles a nested argument. */
export type Compile = (value: Value) => Expression;

/** Makes an operator's expression from its argument. */
export type Builder = (argument: Value, compile: Compile, name: string) => Expression;

/** Missing, null and undefined count as null in most operators. */
export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null || value === undefinedValue;
}

/** Whether a value counts as true: all but missing, null, false and zero. */
export function truthy(value: Value | undefined): boolean {
  if (isNullish(value) || value === false) return false;
  return isNumber(value) ? toNumber(value) !== 0 : true;
}

/** A scope with further variables. */
export function withVariables(scope: Scope, more: Iterable<readonly [string, Value]>): Scope {
  return { ...scope, variables: new Map([...scope.variables, ...more]) };
}
