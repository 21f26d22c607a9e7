export const frPalette = {
  palette: 'Aller ou faire',
  palette_hint: 'Aller à une page, un dossier, une étiquette, ou coller un lien',
  palette_go: 'Aller à',
  palette_do: 'Faire',
  palette_search: 'Rechercher',
  palette_search_for: 'Rechercher «\u00a0{text}\u00a0»',
  palette_none: 'Rien de ce nom.',
  palette_found_one: '{n} entrée',
  palette_found_other: '{n} entrées',
  palette_new_folder: 'Nouveau dossier',
  palette_select: 'Sélectionner des publications',
  palette_undo: 'Annuler la dernière modification',
} as const;
