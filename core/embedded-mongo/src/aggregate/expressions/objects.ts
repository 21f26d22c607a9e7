import type { Builder } from './scope.ts';

export const objects: Record<string, Builder> = {};
