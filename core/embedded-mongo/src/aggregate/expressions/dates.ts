import type { Builder } from './scope.ts';

export const dates: Record<string, Builder> = {};
