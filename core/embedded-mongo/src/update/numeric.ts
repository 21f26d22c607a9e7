import { mongoError } from '../errors.ts';
import { compare } from '../bson/compare.ts';
import { isNumber } from '../bson/exact.ts';
import { calculate, fitsLong } from '../bson/numbers.ts';
import { Int32, typeName, typeOf } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import type { Target } from './context.ts';

function checkOperand(operator: string, path: string, operand: Value): void {
  if (isNumber(operand)) return;
  const verb = operator === '$inc' ? 'increment' : 'multiply';
  throw mongoError('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${typeName(typeOf(operand))}}`);
}

/** $inc and $mul. */
export function arithmetic(operator: '$inc' | '$mul', path: string, operand: Value): (target: Target) => void {
  checkOperand(operator, path, operand);
  return (target) => {
    if (!isNumber(operand)) return;
    const { value } = target;
    if (value === undefined) {
      if (operator === '$inc') {
        target.set(operand);
        return;
      }
      target.set(calculate('multiply', operand, new Int32(0)) ?? operand);
      return;
    }
    if (!isNumber(value)) {
      const verb = operator === '$inc' ? '$inc' : '$mul';
      throw mongoError(
        'TypeMismatch',
        `Cannot apply ${verb} to a value of non-numeric type. {_id: ?} has the field '${path.split('.').pop() ?? path}' of non-numeric type ${typeName(typeOf(value))}`,
      );
    }
    const result = calculate(operator === '$inc' ? 'add' : 'multiply', value, operand);
    if (result === undefined) {
      throw mongoError(
        'BadValue',
        `Failed to apply ${operator} operations to current value ((${typeName(typeOf(value))})) for document: the result does not fit a 64-bit integer`,
      );
    }
    target.set(result);
  };
}

/** $min and $max: by the order of all values. */
export function extreme(operator: '$min' | '$max', operand: Value): (target: Target) => void {
  return (target) => {
    const result = target.value === undefined ? 1 : compare(operand, target.value);
    if (target.value === undefined || (operator === '$min' ? result < 0 : result > 0)) target.set(operand);
  };
}

function integer(value: Value | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return value instanceof Int32 ? BigInt(value.value) : undefined;
}

/** $bit: {and | or | xor: integer}. */
export function bits(path: string, operand: Value): (target: Target) => void {
  if (!(operand instanceof Map) || operand.size === 0) {
    throw mongoError(
      'BadValue',
      `The $bit modifier is not compatible with a ${typeName(typeOf(operand))}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = [...operand].map(([name, value]) => {
    const number = integer(value);
    if (!['and', 'or', 'xor'].includes(name)) {
      throw mongoError(
        'BadValue',
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator`,
      );
    }
    if (number === undefined)
      throw mongoError(
        'BadValue',
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(typeOf(value))}' is not supported here`,
      );
    return { name, number, long: typeof value === 'bigint' };
  });
  return (target) => {
    let long = typeof target.value === 'bigint' || steps.some((step) => step.long);
    let current = target.value === undefined ? 0n : integer(target.value);
    if (current === undefined)
      throw mongoError(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type. The field '${path}' has type ${typeName(typeOf(target.value ?? null))}`,
      );
    for (const step of steps) {
      if (step.name === 'and') current &= step.number;
      else current = step.name === 'or' ? current | step.number : current ^ step.number;
    }
    long ||= !fitsLong(current);
    target.set(long ? current : new Int32(Number(BigInt.asIntN(32, current))));
  };
}
