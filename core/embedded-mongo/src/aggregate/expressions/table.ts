import { arithmetic } from './arithmetic.ts';
import { arrays } from './arrays.ts';
import { conversions } from './conversions.ts';
import { dates } from './dates.ts';
import { logic } from './logic.ts';
import { nOf } from './n-of.ts';
import { numbers } from './numbers.ts';
import { objects } from './objects.ts';
import type { Builder } from './scope.ts';
import { sets } from './sets.ts';
import { strings } from './strings.ts';

/** Every expression operator that this engine knows, by name. */
export const operators: ReadonlyMap<string, Builder> = new Map<string, Builder>([
  ...Object.entries({
    ...logic,
    ...arithmetic,
    ...numbers,
    ...nOf,
    ...arrays,
    ...sets,
    ...strings,
    ...objects,
    ...conversions,
    ...dates,
  }),
]);
