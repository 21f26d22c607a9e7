/** Numbers that look random and are the same in every run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Language {
  readonly share: number;
  readonly syllables: readonly string[];
  readonly between: string;
}

const LANGUAGES: readonly Language[] = [
  {
    share: 0.55,
    syllables: 'ba con de fi gra hu in jo ka lo mer nu ol pre qui ra sun ti un ver wa xy yo zen'.split(' '),
    between: ' ',
  },
  {
    share: 0.15,
    syllables: 'é à çon leur oi eau ville père mère ché fê noël gar dî ous ille'.split(' '),
    between: ' ',
  },
  { share: 0.15, syllables: 'ラ メン 東 京 す し 山 川 海 空 花 火 猫 犬 桜 祭'.split(' '), between: '、' },
  { share: 0.15, syllables: 'با قهوة سما بحر ليل نور شمس قمر در عين مدى حب سلا ها'.split(' '), between: ' ' },
];
const VOCABULARY = 6000;
const EMOJI = ['🔥', '😂', '❤️', '👍🏽', '👨‍👩‍👧', '🍜', '🇫🇷', '🎉'];

/** Captions whose words are as unevenly common as words are: the n-th is n times as rare as the first. */
export class Words {
  readonly #random: () => number;
  readonly #vocabularies: readonly string[][];

  constructor(random: () => number) {
    this.#random = random;
    this.#vocabularies = LANGUAGES.map(({ syllables }) => {
      const words = new Set<string>();
      while (words.size < VOCABULARY) {
        const length = 2 + Math.floor(random() * 3);
        words.add(Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)] ?? '').join(''));
      }
      return [...words];
    });
  }

  caption(): string {
    const random = this.#random;
    let at = random();
    const language = Math.max(
      0,
      LANGUAGES.findIndex(({ share }) => (at -= share) < 0),
    );
    const words = Array.from({ length: 4 + Math.floor(random() * 14) }, () => this.word(language));
    const emoji = random() < 0.4 ? ` ${EMOJI[Math.floor(random() * EMOJI.length)] ?? ''}` : '';
    return `${words.join(LANGUAGES[language]?.between)}${emoji}`;
  }

  /** @param rank from 0, the most common; by chance when not given */
  word(language: number, rank: number = Math.floor(VOCABULARY ** this.#random()) - 1): string {
    return this.#vocabularies[language]?.[rank] ?? '';
  }
}
