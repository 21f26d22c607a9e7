import type { Builder } from './scope.ts';

export const sets: Record<string, Builder> = {};
