import { configureLocalization, localized, msg } from '@lit/localize';
import { enErrors } from './en-errors.ts';
import { enShell } from './en-shell.ts';
import { isOne, writeCount } from './intl.ts';

export type Values = Readonly<Record<string, string | number>>;

/** Ids with a form for each plural category, without the `_one` or `_other`. */
type PluralOf<Id extends string> = Id extends `${infer Stem}_other` ? Stem : never;

/** What can be said where the words of some ids are loaded. */
export interface Voice<Id extends string> {
  /** A message in the chosen language; `{name}` stands for a value. */
  readonly t: (id: Id, values?: Values) => string;
  /** The form of a message that a number asks for; `{n}` stands for the number itself. */
  readonly tn: (stem: PluralOf<Id>, n: number, values?: Values) => string;
  /** True for an id that comes from outside, such as an error code. */
  readonly isMessageId: (id: string) => id is Id;
}

export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES = { en: 'English', fr: 'Français' } as const satisfies Record<Locale, string>;

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['fr'],
  loadLocale: async () => {
    const { fr } = await import('./fr.ts');
    return { templates: fr };
  },
});

/** Makes an element render again when the language changes. */
export { localized };

export const currentLocale = (): Locale => (getLocale() === 'fr' ? 'fr' : 'en');

/** Loads a language and shows it everywhere, `<html lang>` included. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await setLocale(locale);
  document.documentElement.lang = locale;
}

const enFirst = { ...enErrors, ...enShell };

/**
 * The voice of a part of the app: the words that come with the first load, and the part's own. Each part has a module
 * that makes one, so that an id whose words are not loaded yet does not compile.
 */
export function speak<Words extends Readonly<Record<string, string>>>(
  words: Words,
): Voice<keyof typeof enFirst | (keyof Words & string)> {
  type Id = keyof typeof enFirst | (keyof Words & string);
  const english: Readonly<Record<string, string>> = { ...enFirst, ...words };
  const t = (id: Id, values?: Values): string => fill(msg(english[id] ?? id, { id }), values);
  return {
    t,
    tn: (stem, n, values) => {
      // A stem is what stands before `_other`, and each has a `_one` as well: a test looks.
      const id = `${stem}_${isOne(currentLocale(), n) ? 'one' : 'other'}` as Id;
      return t(id, { n: writeCount(currentLocale(), n), ...values });
    },
    isMessageId: (id): id is Id => Object.hasOwn(english, id),
  };
}

/** What can be said from the first load on. */
export const { t, tn, isMessageId } = speak({});
export type MessageId = Parameters<typeof t>[0];

function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
