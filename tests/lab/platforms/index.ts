import type { Site, World } from '../world.ts';
import { createReddit } from './reddit.ts';
import { createTiktok } from './tiktok.ts';
import { createX } from './x.ts';

/** The platforms of the stand-in. A new one adds its line here. */
export const SITES: readonly ((world: World) => Site)[] = [createTiktok, createReddit, createX];
