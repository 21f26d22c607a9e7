import type { Builder } from './scope.ts';

export const strings: Record<string, Builder> = {};
