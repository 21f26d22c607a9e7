/** What the tests use of chai, which brings no types. */
declare module 'chai' {
  export const assert: {
    (condition: unknown, message?: string): asserts condition;
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(actual: string, pattern: RegExp, message?: string): void;
    notMatch(actual: string, pattern: RegExp, message?: string): void;
    include(actual: string | readonly unknown[] | null | undefined, part: unknown, message?: string): void;
    notInclude(actual: string | readonly unknown[], part: unknown, message?: string): void;
    isAtLeast(actual: number, least: number, message?: string): void;
    isAtMost(actual: number, most: number, message?: string): void;
    isAbove(actual: number, floor: number, message?: string): void;
    isBelow(actual: number, ceiling: number, message?: string): void;
    exists(actual: unknown, message?: string): void;
    notExists(actual: unknown, message?: string): void;
  };
}
