/** What a person can go to or do. */
export interface Entry {
  /** One text for one entry. */
  readonly id: string;
  readonly label: string;
  /** Further words that find it, such as the way to a folder. */
  readonly words?: string;
}

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLocaleLowerCase();

/** Entries that hold every word of a text, those whose name begins with it first, then whose words do; all for none. */
export function findEntries<E extends Entry>(entries: readonly E[], text: string, most: number): E[] {
  const wanted = fold(text.trim());
  const words = wanted.split(/\s+/).filter(Boolean);
  const ranked = entries.flatMap((entry) => {
    const label = fold(entry.label);
    const all = `${label} ${fold(entry.words ?? '')}`;
    if (!words.every((word) => all.includes(word))) return [];
    const begins = words.every((word) => all.split(/[\s/]+/).some((part) => part.startsWith(word)));
    const rank = wanted !== '' && label.startsWith(wanted) ? 0 : begins ? 1 : 2;
    return [{ entry, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ entry }) => entry);
}
