/** Makes each formatter once: making one takes longer than a hundred uses of it. */
function kept<Options extends object, Formatter>(
  make: (locale: string, options?: Options) => Formatter,
): (locale: string, options?: Options) => Formatter {
  const made = new Map<string, Formatter>();
  return (locale, options) => {
    const key = options ? locale + JSON.stringify(options) : locale;
    const known = made.get(key) ?? make(locale, options);
    made.set(key, known);
    return known;
  };
}

export const numberFormat = kept(
  (locale, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
export const dateFormat = kept(
  (locale, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

/** What stands between thousands. */
const GROUPS = { en: ',', fr: '\u202f' } as const;

/**
 * A whole number. It needs no formatter: making the first one of a page keeps a slow processor busy for a tenth of a
 * second, and the first screen has nothing else to make one for.
 */
export const writeCount = (locale: 'en' | 'fr', n: number): string =>
  Number.isSafeInteger(n) && n >= 0
    ? String(n).replace(/\B(?=(?:\d{3})+$)/g, GROUPS[locale])
    : numberFormat(locale).format(n);

/** Whether a language says so many in the singular. Of ours, none has more forms than two. */
export const isOne = (locale: 'en' | 'fr', n: number): boolean => (locale === 'fr' ? Math.abs(n) < 2 : n === 1);
