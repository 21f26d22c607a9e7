import type { ItemKind } from '@mediafetcher/sdk';

/** How a post is shown: by its only item, or as several. */
export type PostKind = ItemKind | 'carousel';
