import type { Builder } from './scope.ts';

export const arithmetic: Record<string, Builder> = {};
