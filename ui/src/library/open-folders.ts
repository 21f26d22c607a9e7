const KEY = 'mf.folders.open';
/** Those of folders that are long gone are dropped in the end. */
const MOST = 500;

/** Which folders of the tree are open, as this browser remembers. */
export const OpenFolders = {
  read(): ReadonlySet<string> {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      return new Set(Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : []);
    } catch {
      return new Set(); // Forbidden or not ours: all are shut.
    }
  },

  keep(ids: ReadonlySet<string>): void {
    try {
      localStorage.setItem(KEY, JSON.stringify([...ids].slice(-MOST)));
    } catch {
      // Full or forbidden: it holds until the page closes.
    }
  },
};
