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
export const relativeFormat = kept(
  (locale, options?: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(locale, options),
);

/** From here on a number is written with separators. */
const GROUPED = 1000;

/** A whole number. The small ones of the first screen need no formatter: making the first one takes long. */
export const writeCount = (locale: string, n: number): string =>
  Number.isInteger(n) && n >= 0 && n < GROUPED ? String(n) : numberFormat(locale).format(n);

/** Whether a language says so many in the singular. Of ours, none has more forms than two. */
export const isOne = (locale: 'en' | 'fr', n: number): boolean => (locale === 'fr' ? Math.abs(n) < 2 : n === 1);
