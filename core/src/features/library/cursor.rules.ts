import { createHash } from 'node:crypto';
import { CodedError } from '../../errors.ts';

/** Where a page ended: the sort value of its last row and its id. */
export interface Cursor {
  readonly value: number;
  readonly id: string;
}

/** Names a list: its order and what it shows. */
export function listNameOf(sort: string, filter: object): string {
  const parts = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([sort, parts]))
    .digest('base64url')
    .slice(0, 12);
}

/** Opaque text for clients. */
export function formatCursor(list: string, { value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([list, value, id])).toString('base64url');
}

/** @throws MF_ERR_VALIDATION for a cursor that was not made by the same list */
export function parseCursor(text: string, list: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed)) {
      const [given, value, id] = parsed as unknown[];
      if (given === list && typeof value === 'number' && typeof id === 'string' && /^[0-9a-f]{24}$/.test(id))
        return { value, id };
    }
  } catch {
    // Falls through: whatever is wrong with it, it is no cursor of ours.
  }
  throw new CodedError('MF_ERR_VALIDATION', 'This cursor belongs to another list.');
}
