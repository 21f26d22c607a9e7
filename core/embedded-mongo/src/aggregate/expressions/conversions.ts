import type { Builder } from './scope.ts';

export const conversions: Record<string, Builder> = {};
