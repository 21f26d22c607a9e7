import type { Facet } from './list-filter.rules.ts';

/** Some links of a list, drawn by chance. */
export interface Sample {
  readonly links: readonly Readonly<Record<string, unknown>>[];
  /** How many the whole list has, about. */
  readonly size: number;
}

/** A share of fewer is counted instead of estimated. */
export const ENOUGH = 10;

/**
 * How long a list is that has so many links on a stretch of the shuffled order.
 * @param stretch of [0, 1)
 */
export function sizeFrom(found: number, stretch: number): number {
  return Math.round(found / Math.max(stretch, Number.EPSILON));
}

/** The share of the whole that satisfies the conditions together, about: never 0, for a sample does not know what is rare. */
export function shareOf({ links }: Sample, facets: readonly Facet[]): number {
  return (hitsOf(links, facets) + 0.5) / (links.length + 1);
}

/** How many links of a sample satisfy the conditions. */
export function hitsOf(links: Sample['links'], facets: readonly Facet[]): number {
  return links.filter((link) => facets.every(({ where }) => holds(where, link))).length;
}

/** Whether a link satisfies a condition of a list, as the database would answer. */
export function holds(where: Facet['where'], link: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(where).every(([field, wanted]) => {
    const value = link[field];
    return (Array.isArray(value) ? (value as unknown[]) : [value]).some((one) => satisfies(one, wanted));
  });
}

function satisfies(value: unknown, wanted: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (wanted instanceof RegExp) return typeof value === 'string' && wanted.test(value);
  if (!isOperators(wanted)) return same(value, wanted);
  return Object.entries(wanted).every(([operator, bound]) => {
    switch (operator) {
      case '$in':
        return (bound as unknown[]).some((one) => same(value, one));
      case '$gt':
        return Number(value) > Number(bound);
      case '$gte':
        return Number(value) >= Number(bound);
      case '$lte':
        return Number(value) <= Number(bound);
      default:
        return false;
    }
  });
}

/** Ids are objects of their own each; they compare by their text. */
function same(left: unknown, right: unknown): boolean {
  return left === right || (isId(left) && isId(right) && left.toHexString() === right.toHexString());
}

function isId(value: unknown): value is { toHexString: () => string } {
  return typeof value === 'object' && value !== null && 'toHexString' in value;
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  return typeof wanted === 'object' && wanted !== null && Object.keys(wanted)[0]?.startsWith('$') === true;
}
