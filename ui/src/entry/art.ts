/** Pictures of the door: address and ratio, in the order of its columns. */
const art = (url: URL, ratio: number): { src: string; ratio: number } => ({ src: url.href, ratio });

export const ART = [
  art(new URL('../assets/art/surf.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/latte.webp', import.meta.url), 1),
  art(new URL('../assets/art/dolomites.webp', import.meta.url), 0.8),
  art(new URL('../assets/art/shibuya.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/marble.webp', import.meta.url), 1),
  art(new URL('../assets/art/cat.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/concert.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/beach.webp', import.meta.url), 1),
  art(new URL('../assets/art/forest.webp', import.meta.url), 0.8),
  art(new URL('../assets/art/ramen.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/flower.webp', import.meta.url), 1),
  art(new URL('../assets/art/aurora.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/dunes.webp', import.meta.url), 0.8),
  art(new URL('../assets/art/pizza.webp', import.meta.url), 1),
  art(new URL('../assets/art/storm.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/milky.webp', import.meta.url), 0.8),
  art(new URL('../assets/art/leaf.webp', import.meta.url), 0.563),
  art(new URL('../assets/art/snow.webp', import.meta.url), 0.8),
] as const;
