import { configureLocalization, localized, msg } from '@lit/localize';
import { en } from './en.ts';

export type MessageId = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;

/** Ids with a form for each plural category, without the `_one` or `_other`. */
type PluralId = { [Id in MessageId]: Id extends `${infer Stem}_other` ? Stem : never }[MessageId];

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

/** A message in the chosen language; `{name}` stands for a value. */
export function t(id: MessageId, values?: Values): string {
  return fill(msg(en[id], { id }), values);
}

/** The form of a message that a number asks for; `{n}` stands for the number itself. */
export function tn(stem: PluralId, n: number, values?: Values): string {
  const one = new Intl.PluralRules(currentLocale()).select(n) === 'one';
  const id: MessageId = one ? `${stem}_one` : `${stem}_other`;
  return t(id, { n: new Intl.NumberFormat(currentLocale()).format(n), ...values });
}

/** True for an id that comes from outside, such as an error code. */
export const isMessageId = (id: string): id is MessageId => Object.hasOwn(en, id);

function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}
