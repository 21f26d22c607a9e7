import { withOrientation } from './jpeg.ts';
import type { Recipe } from './recipe.ts';
import type { SceneName } from './scenes.ts';

const photo = (name: string, scene: SceneName, width: number, height: number): Recipe => ({
  name,
  kind: 'image',
  type: 'image/jpeg',
  width,
  height,
  picture: { scene },
  playable: 'as-is',
  encode: ['-q:v', '3'],
});

export const IMAGES: readonly Recipe[] = [
  photo('dusk.jpg', 'dusk', 1080, 1350),
  photo('dawn.jpg', 'dawn', 1080, 1350),
  photo('harbour.jpg', 'harbour', 1600, 1067),
  photo('mesa.jpg', 'mesa', 1440, 1080),
  photo('night.jpg', 'night', 1080, 1920),
  photo('grove.jpg', 'grove', 1080, 1080),
  photo('snow.jpg', 'snow', 2048, 1536),
  photo('violet.jpg', 'violet', 1080, 1350),
  photo('coast.jpg', 'coast', 1080, 1350),
  photo('moss.jpg', 'moss', 1365, 2048),
  { ...photo('sideways.jpg', 'coast', 1350, 1080), rotation: 90, finish: (bytes) => withOrientation(bytes, 6) },
  {
    ...photo('poster.png', 'violet', 1200, 800),
    type: 'image/png',
    encode: ['-compression_level', '9', '-pred', 'mixed'],
  },
  { ...photo('print.webp', 'moss', 1080, 1350), type: 'image/webp', encode: ['-c:v', 'libwebp', '-quality', '82'] },
  {
    name: 'sticker.png',
    kind: 'image',
    type: 'image/png',
    width: 800,
    height: 800,
    playable: 'as-is',
    picture: { lavfi: 'gradients=s=800x800:c0=0x2ec4b6:c1=0xffbf69:n=2:seed=3' },
    encode: [
      '-vf',
      "format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(hypot(X-W/2,Y-H/2),W*0.42)'",
      '-pix_fmt',
      'rgba',
    ],
  },
];
