import { CodedError } from '../../errors.ts';

/** Where a page ended: the sort value of its last row and its id. */
export interface Cursor {
  readonly sort: string;
  readonly value: number;
  readonly id: string;
}

/** Opaque text for clients. */
export function formatCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify([cursor.sort, cursor.value, cursor.id])).toString('base64url');
}

/** @throws MF_ERR_VALIDATION for a cursor that was not made by the same list */
export function parseCursor(text: string, sort: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed)) {
      const [given, value, id] = parsed as unknown[];
      if (given === sort && typeof value === 'number' && typeof id === 'string' && /^[0-9a-f]{24}$/.test(id))
        return { sort, value, id };
    }
  } catch {
    // Falls through: whatever is wrong with it, it is no cursor of ours.
  }
  throw new CodedError('MF_ERR_VALIDATION', 'This cursor belongs to another list.');
}
