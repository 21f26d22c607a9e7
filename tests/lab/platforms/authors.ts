import type { Author } from '../world.ts';

/** People of the stand-in, with names as they occur: accents, other scripts, right to left, emoji. */
export const AUTHORS = {
  lea: { id: '6812345678901234567', handle: 'lea.voyage', name: 'Léa en voyage ✈️' },
  tokyo: { id: '6798765432109876543', handle: 'tokyo_nights', name: '東京の夜景' },
  omar: { id: '6855512345678901234', handle: 'omar.cooks', name: 'عمر الطباخ' },
  sven: { id: '6844412345678901234', handle: 'sven_bergstrom', name: 'Sven Bergström' },
  noor: { id: '6833312345678901234', handle: 'noor.design', name: 'نور | Design' },
  mia: { id: '6822212345678901234', handle: 'mia.paints', name: 'Mia 🎨' },
  rail: { id: '6811112345678901234', handle: 'railfan_jo', name: 'Jo (railfan)' },
} as const satisfies Record<string, Author>;

export const TEXTS = {
  dusk: 'Golden hour over the ridge 🌅\nWaited two hours for this light and it lasted exactly forty seconds. No filter, no regrets.\n\n#sunset #goldenhour #hiking #fyp #pourtoi',
  kitchen: 'طبق اليوم: شكشوكة بالجبن 🍳\nالوصفة كاملة في التعليقات، والسر في الكمون. #طبخ #وصفات #food',
  lights: '夜の散歩 🌃 新宿から渋谷まで歩いてみた\n\nBGMは自作です。#東京 #夜景 #散歩 #tokyo',
  studio:
    'Études de couleur, semaine 12 — l’été s’éteint doucement\nGouache sur papier, 30 × 40. Laquelle préférez-vous ? 🎨 #gouache #illustration #sketchbook',
  long: `渋谷スカイより。空気が澄んでいた夜 🌙\n${'ビルの間から富士山が見えるのは冬だけ。三脚を立てて、風が止むのを二時間待ちました。'.repeat(24)}\n\n#夜景 #東京カメラ部 #渋谷 #富士山 #tokyo #nightphotography #longexposure #citylights`,
  train: 'The 06:14 through the valley, every single morning for a year',
} as const;
