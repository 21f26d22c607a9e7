import { FOLDER_SORTS } from '../library/folder-sort.rules.ts';
import type { FolderSort } from '../library/folder-sort.rules.ts';
import { chooseLocale, LOCALES } from '../words/t.ts';
import type { Locale } from '../words/t.ts';
import { Store } from './store.ts';

export const THEMES = ['system', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];
export const MOTIONS = ['system', 'less'] as const;
export type Motion = (typeof MOTIONS)[number];

/** From many small ones to few large ones. */
export const CARD_SIZES = ['small', 'normal', 'large'] as const;
export type CardSize = (typeof CARD_SIZES)[number];

const read = (key: string): string | undefined => {
  try {
    return localStorage.getItem(`mf.${key}`) ?? undefined;
  } catch {
    return undefined; // Storage can be forbidden; the app then forgets.
  }
};

/** What this browser remembers of how the app looks and plays. */
export class Preferences extends Store {
  theme: Theme = THEMES.find((theme) => theme === read('theme')) ?? 'system';
  /** `less` whatever the system says. */
  motion: Motion = MOTIONS.find((motion) => motion === read('motion')) ?? 'system';
  locale: Locale = LOCALES.find((locale) => locale === read('locale')) ?? preferredLocale(navigator.languages);
  /** How folders are laid out on a page. */
  folderSort: FolderSort = FOLDER_SORTS.find((sort) => sort === read('folders')) ?? 'own';
  /** Of the wall. */
  cardSize: CardSize = CARD_SIZES.find((size) => size === read('cards')) ?? 'normal';
  details = read('details') !== 'shut';
  muted = read('muted') !== 'no';
  volume = numberOr(read('volume'), 1);
  rate = numberOr(read('rate'), 1);

  readonly #light = window.matchMedia('(prefers-color-scheme: light)');

  /** Applies theme and language, and follows the system until `signal` aborts. */
  async start(signal: AbortSignal): Promise<void> {
    this.#light.addEventListener('change', () => this.#applyTheme(), { signal });
    this.#applyTheme();
    this.#applyMotion();
    await chooseLocale(this.locale).catch(() => undefined); // Offline: English is at hand.
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#keep('theme', theme);
    this.#applyTheme();
    this.changed();
  }

  setMotion(motion: Motion): void {
    this.motion = motion;
    this.#keep('motion', motion);
    this.#applyMotion();
    this.changed();
  }

  async setLocale(locale: Locale): Promise<void> {
    await chooseLocale(locale);
    this.locale = locale;
    this.#keep('locale', locale);
    this.changed();
  }

  setFolderSort(sort: FolderSort): void {
    this.folderSort = sort;
    this.#keep('folders', sort);
    this.changed();
  }

  setCardSize(size: CardSize): void {
    this.cardSize = size;
    this.#keep('cards', size);
    this.changed();
  }

  setDetails(open: boolean): void {
    this.details = open;
    this.#keep('details', open ? 'open' : 'shut');
    this.changed();
  }

  setSound(sound: { muted: boolean; volume: number }): void {
    this.muted = sound.muted;
    this.volume = sound.volume;
    this.#keep('muted', sound.muted ? 'yes' : 'no');
    this.#keep('volume', String(sound.volume));
  }

  setRate(rate: number): void {
    this.rate = rate;
    this.#keep('rate', String(rate));
  }

  #applyTheme(): void {
    const light = this.theme === 'light' || (this.theme === 'system' && this.#light.matches);
    document.documentElement.dataset['theme'] = light ? 'light' : 'dark';
  }

  #applyMotion(): void {
    document.documentElement.classList.toggle('less-motion', this.motion === 'less');
  }

  #keep(key: string, value: string): void {
    try {
      localStorage.setItem(`mf.${key}`, value);
    } catch {
      // Full or forbidden: it holds until the page closes.
    }
  }
}

/** The first language of the browser that the app speaks. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const found = LOCALES.find((locale) => language.toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return 'en';
}

function numberOr(text: string | undefined, fallback: number): number {
  const value = Number(text);
  return text && Number.isFinite(value) && value >= 0 ? value : fallback;
}
