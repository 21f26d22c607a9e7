import { IMAGES } from './images.ts';
import type { Recipe } from './recipe.ts';
import { SOUNDS, VIDEOS } from './videos.ts';

/** Raise it when a recipe changes: the cache folder is named by it. */
export const MEDIA_VERSION = 1;

export const RECIPES: readonly Recipe[] = [...VIDEOS, ...SOUNDS, ...IMAGES];
