/** What somebody wants to do with a folder; most of it needs a question first. */
export type FolderAct =
  | { readonly kind: 'new'; readonly parentId: string | null }
  | { readonly kind: 'rename' | 'delete' | 'move' | 'share' | 'zip'; readonly id: string };

/** Asks the app for the question. */
export function askFolderAct(from: EventTarget, act: FolderAct): void {
  from.dispatchEvent(new CustomEvent<FolderAct>('mf-folder-act', { detail: act, bubbles: true, composed: true }));
}
