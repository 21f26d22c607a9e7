/** What the palette says. */
export const enPalette = {
  palette: 'Go to or do',
  palette_hint: 'Go to a page, folder or tag, or paste a link',
  palette_go: 'Go to',
  palette_do: 'Do',
  palette_search: 'Search',
  palette_search_for: 'Search for “{text}”',
  palette_none: 'Nothing by that name.',
  palette_found_one: '{n} entry',
  palette_found_other: '{n} entries',
  palette_new_folder: 'New folder',
  palette_select: 'Select posts',
  palette_undo: 'Take the last change back',
} as const;
