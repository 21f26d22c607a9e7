import type { Site, World } from '../world.ts';
import { createInstagram } from './instagram.ts';
import { createReddit } from './reddit.ts';
import { createTiktok } from './tiktok.ts';
import { createX } from './x.ts';
import { createYoutube } from './youtube.ts';

/** The platforms of the stand-in. A new one adds its line here. */
export const SITES: readonly ((world: World) => Site)[] = [
  createInstagram,
  createTiktok,
  createReddit,
  createX,
  createYoutube,
];
