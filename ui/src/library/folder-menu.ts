import { html, nothing } from 'lit';
import type { Folder } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import { t } from '../words/library.ts';
import type { MessageId } from '../words/library.ts';
import { nudge } from './folder-tree.rules.ts';
import type { FolderMove, Nudge } from './folder-tree.rules.ts';
import { askFolderAct } from './folder-act.ts';
import type { FolderAct } from './folder-act.ts';

const NUDGES: readonly (readonly [Nudge, IconName, MessageId])[] = [
  ['up', 'chev-u', 'folder_up'],
  ['down', 'chev-d', 'folder_down'],
];

/** The items of a folder's menu, for an `mf-menu`. */
export function folderMenuItems(folders: readonly Folder[], id: string, onMove: (move: FolderMove) => void) {
  const item = (symbol: IconName, label: MessageId, run: (event: Event) => void) =>
    html`<button class="item" role="menuitem" @click=${run}>${icon(symbol, 'sm')}${t(label)}</button>`;
  const ask = (symbol: IconName, label: MessageId, act: FolderAct) =>
    item(symbol, label, (event) => event.currentTarget && askFolderAct(event.currentTarget, act));
  return html`${ask('folder-plus', 'folder_new_inside', { kind: 'new', parentId: id })}
    ${ask('edit', 'folder_rename', { kind: 'rename', id })} ${ask('move', 'folder_move', { kind: 'move', id })}
    ${NUDGES.map(([way, symbol, label]) => {
      const move = nudge(folders, id, way);
      return move ? item(symbol, label, () => onMove(move)) : nothing;
    })}
    ${ask('users', 'folder_share', { kind: 'share', id })} ${ask('download', 'download_zip', { kind: 'zip', id })}
    <hr />
    ${ask('trash', 'folder_delete', { kind: 'delete', id })}`;
}
