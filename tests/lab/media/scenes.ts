/** Small painted landscapes: cheap to draw, small when encoded, and pleasant on a screenshot. */

type Rgb = readonly [number, number, number];

interface Ridge {
  readonly colour: Rgb;
  /** Share of the height above the ridge. */
  readonly level: number;
  /** Share of the height that its hills take. */
  readonly relief: number;
  /** Widths of the picture that it moves in a second. */
  readonly speed: number;
}

export interface Scene {
  readonly sky: readonly [Rgb, Rgb];
  readonly sun: { readonly x: number; readonly y: number; readonly radius: number; readonly colour: Rgb };
  readonly stars?: boolean;
  /** Turns the hills, so that no two scenes have the same ones. */
  readonly shift: number;
  readonly ridges: readonly Ridge[];
}

const rgb = (hex: number): Rgb => [(hex >> 16) & 255, (hex >> 8) & 255, hex & 255];

const ridges = (colours: readonly number[], from = 0.5): Ridge[] =>
  colours.map((colour, index) => ({
    colour: rgb(colour),
    level: from + ((0.94 - from) * index) / colours.length,
    relief: 0.05 + 0.02 * index,
    speed: 0.03 * (index + 1),
  }));

const scene = (
  top: number,
  low: number,
  sun: number,
  at: readonly [number, number, number],
  hills: number[],
): Scene => ({
  sky: [rgb(top), rgb(low)],
  shift: (top % 97) / 15,
  sun: { x: at[0], y: at[1], radius: at[2], colour: rgb(sun) },
  ridges: ridges(hills),
});

export const SCENES = {
  dusk: scene(0x2b2d6e, 0xf59b75, 0xffe3b3, [0.66, 0.42, 0.1], [0xb86b77, 0x7d4b73, 0x4b3566, 0x241f46]),
  dawn: scene(0x7cc6ea, 0xfff0d1, 0xffffff, [0.3, 0.35, 0.08], [0xa9c8b8, 0x74a892, 0x43796c, 0x22504c]),
  harbour: scene(0x0f4c75, 0x9fd8df, 0xfdf6d8, [0.5, 0.25, 0.06], [0x6fb3c7, 0x3f88a8, 0x236485, 0x123f5c]),
  mesa: scene(0xf7b267, 0xf4e9cd, 0xf25c54, [0.5, 0.48, 0.14], [0xe58f65, 0xc86b4a, 0x94463a, 0x5a2a2c]),
  night: {
    ...scene(0x070b1f, 0x28346b, 0xf4f1de, [0.74, 0.2, 0.05], [0x2a3a6a, 0x1d2a52, 0x121b3a, 0x080d20]),
    stars: true,
  },
  grove: scene(0xcfe8cf, 0xf6f7e4, 0xfff3b0, [0.24, 0.3, 0.09], [0xa5cc9b, 0x6ea66f, 0x3d7a4e, 0x1d4b33]),
  snow: scene(0x91b7d9, 0xf4f7fb, 0xffffff, [0.7, 0.3, 0.07], [0xdfe9f3, 0xb9cfe4, 0x86a7c9, 0x51759c]),
  violet: {
    ...scene(0x1b0b3b, 0xb24592, 0xffd6e8, [0.4, 0.3, 0.11], [0x8a2f83, 0x5d1f6b, 0x3a1452, 0x1d0a30]),
    stars: true,
  },
  coast: scene(0xffd3a5, 0xfd6585, 0xfff5e1, [0.5, 0.5, 0.16], [0xc94f7c, 0x8c3b73, 0x56305f, 0x2b2144]),
  moss: scene(0xe9e4d0, 0xc7d3bf, 0xf8f0d7, [0.8, 0.22, 0.06], [0x9fb08f, 0x74895f, 0x4d6240, 0x2c3b26]),
} as const satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;

const hillTops = (ridge: Ridge, turn: number, width: number, height: number, time: number): Int32Array => {
  const tops = new Int32Array(width);
  for (let x = 0; x < width; x += 1) {
    const at = (x / width + ridge.speed * time) * Math.PI * 2 + turn;
    const wave = Math.sin(at * 0.8) * 0.6 + Math.sin(at * 2.1 + turn) * 0.28 + Math.sin(at * 5.3 + turn * 2) * 0.12;
    tops[x] = Math.max(0, Math.round((ridge.level - ridge.relief * wave) * height));
  }
  return tops;
};

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

const isStar = (x: number, y: number): boolean => ((x * 7919 + y * 104729) ^ (x * y)) % 3571 === 0;

const paintSky = (scene: Scene, width: number, height: number): Buffer => {
  const frame = Buffer.allocUnsafe(width * height * 3);
  const [sunX, sunY] = [scene.sun.x * width, scene.sun.y * height];
  const radius = scene.sun.radius * Math.min(width, height);
  for (let y = 0; y < height; y += 1) {
    const share = Math.min(1, y / (height * 0.7));
    const air = mix(scene.sky[0], scene.sky[1], share);
    for (let x = 0; x < width; x += 1) {
      const distance = Math.hypot(x - sunX, y - sunY) / radius;
      const glow = distance < 1 ? 1 : distance < 4 ? 0.35 * (1 - (distance - 1) / 3) ** 2 : 0;
      const star = scene.stars === true && share < 0.75 && isStar(x, y) ? 0.8 : 0;
      const light = Math.max(glow, star);
      frame.set(light === 0 ? air : mix(air, scene.sun.colour, light), (y * width + x) * 3);
    }
  }
  return frame;
};

/** Colours of a ridge by the distance below its top: the deeper, the hazier. */
const shade = (ridge: Ridge, haze: Rgb, height: number): Uint8Array => {
  const table = new Uint8Array(height * 3);
  for (let depth = 0; depth < height; depth += 1)
    table.set(mix(ridge.colour, haze, Math.min(0.3, (depth / height) * 0.9)), depth * 3);
  return table;
};

/** Returns a painter of frames (packed RGB) whose hills move with the time in seconds. */
export const createPainter = (name: SceneName, width: number, height: number): ((time: number) => Buffer) => {
  const scene: Scene = SCENES[name];
  const sky = paintSky(scene, width, height);
  const shades = scene.ridges.map((ridge) => shade(ridge, scene.sky[1], height));
  return (time) => {
    const frame = Buffer.from(sky);
    scene.ridges.forEach((ridge, index) => {
      const tops = hillTops(ridge, scene.shift + index * 1.7, width, height, time);
      const table = shades[index] ?? new Uint8Array(0);
      for (let x = 0; x < width; x += 1) {
        const top = tops[x] ?? 0;
        for (let y = top, from = 0, to = (top * width + x) * 3; y < height; y += 1, from += 3, to += width * 3) {
          frame[to] = table[from] ?? 0;
          frame[to + 1] = table[from + 1] ?? 0;
          frame[to + 2] = table[from + 2] ?? 0;
        }
      }
    });
    return frame;
  };
};
