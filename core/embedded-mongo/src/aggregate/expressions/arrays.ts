import type { Builder } from './scope.ts';

export const arrays: Record<string, Builder> = {};
