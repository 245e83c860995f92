import { refuse } from '../domain/refusal.ts';

/** One page of a list that is newest first. The cursors are opaque; pass one back to turn the page. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Towards what is older; null on the last page. */
  readonly next: string | null;
  /** Towards what is newer; null on the first page. */
  readonly previous: string | null;
}

/** Which page is wanted: the one of this cursor, the first without one or with an empty one. */
export interface PageQuery {
  readonly cursor?: string | undefined;
}

/** Which rows to read: older than `before`, or newer than `after` (then in ascending order), or the newest of all. */
export interface Slice {
  readonly before: number | null;
  readonly after: number | null;
  readonly limit: number;
}

const CURSOR = /^([<>])(\d{1,15})$/;

/** Turns pages by position, so that rows that come meanwhile shift nothing. @throws Refusal `input.invalid` for a cursor not ours. */
export async function pageOf<Item>(
  cursor: string | undefined,
  size: number,
  read: (slice: Slice) => Promise<readonly { position: number; item: Item }[]>,
): Promise<Page<Item>> {
  const slice = parseCursor(cursor);
  const found = await read({ ...slice, limit: size + 1 });
  const more = found.length > size;
  const kept = found.slice(0, size);
  if (slice.after !== null) kept.reverse();
  const first = kept[0];
  const last = kept.at(-1);
  const towardsNewer = slice.after !== null;
  return {
    items: kept.map(({ item }) => item),
    next: last && (towardsNewer || more) ? `<${last.position}` : null,
    previous: first && (towardsNewer ? more : slice.before !== null) ? `>${first.position}` : null,
  };
}

function parseCursor(cursor: string | undefined): { before: number | null; after: number | null } {
  if (!cursor) return { before: null, after: null };
  const match = CURSOR.exec(cursor);
  if (!match) throw refuse('input.invalid', { field: 'page', problem: 'malformed' });
  const position = Number(match[2]);
  return match[1] === '<' ? { before: position, after: null } : { before: null, after: position };
}
