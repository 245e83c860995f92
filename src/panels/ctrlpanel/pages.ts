/** Pages of the panel's lists. Its own links forget the filter, so that they are counted here. */
import type { z } from 'zod';
import type { Call } from '../panel.ts';
import type { Client } from './client.ts';
import { rejected } from './failures.ts';

/** The panel has no largest page; a larger one than this takes it long. */
const LARGEST_PAGE = 100;

/** The number of the page, the size of all of them, the last id before it, and how many there were in all. */
const CURSOR = /^(\d{1,9})\.(\d{1,3})\.(\d{1,19})\.(\d{1,12})$/;

type PageSchema<Item> = z.ZodType<{ items: Item[]; isLast: boolean; total: number }>;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly total: number;
}

/**
 * One page in the order of the ids. Where some have been deleted since the page before, those that have moved up into it are read first: else they would be
 * passed over.
 *
 * @throws PanelError `rejected`, effect `none`, for a page that is none of ours
 */
export async function readPage<Item extends { readonly id: string | number }>(
  client: Client,
  call: Call,
  list: {
    readonly at: string;
    readonly query: Readonly<Record<string, string>>;
    readonly after: string | null;
    readonly limit: number;
  },
  schema: PageSchema<Item>,
): Promise<Page<Item>> {
  const cursor = list.after === null ? null : CURSOR.exec(list.after)?.slice(1).map(Number);
  if (cursor === undefined) throw rejected('the page is not one of ours', 'There is no such page.');
  const [number = 1, size = sizeFor(list.limit), last = 0, before = 0] = cursor ?? [];
  const read = (page: number) => {
    const query = { ...list.query, per_page: String(Math.max(1, size)), page: String(Math.max(1, page)) };
    return client.read(call, list.at, query, schema);
  };
  const next = (page: number, items: readonly Item[], total: number) =>
    `${page}.${size}.${items.at(-1)?.id ?? last}.${total}`;

  const found = await read(number);
  const { isLast, total } = found;
  if (number > 1 && total < before) {
    const moved = await readMoved(read, number - 1, last);
    if (moved) return { items: moved.items, next: next(moved.number + 1, moved.items, total), total };
  }
  return { items: found.items, next: isLast ? null : next(number + 1, found.items, total), total };
}

/** The first page, going back from this one, on which some are behind the last id. Null where they are not to be found there. */
async function readMoved<Item extends { readonly id: string | number }>(
  read: (page: number) => Promise<{ readonly items: readonly Item[] }>,
  from: number,
  last: number,
): Promise<{ readonly number: number; readonly items: readonly Item[] } | null> {
  let first: { readonly number: number; readonly items: readonly Item[] } | null = null;
  for (let number = from; number >= 1; number -= 1) {
    const { items: all } = await read(number);
    const items = all.filter(({ id }) => Number(id) > last);
    if (items.length > 0) first = { number, items };
    if (items.length < all.length) break;
  }
  return first;
}

function sizeFor(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
}

/** What to filter by for this text. The panel takes these two words for 1 and 0, and finds parts anyway. */
export function filterFor(text: string): string {
  return /^(?:true|false)$/i.test(text) ? text.slice(0, -1) : text;
}

/** More than these would take the panel's rate from everybody. */
const MOST_PAGES = 10;

/**
 * All that a filter finds, page by page. The panel takes parts for a hit, so that whoever asks looks at each.
 *
 * @throws PanelError `rejected`, effect `none`, once so many were found that they cannot be gone through
 */
export async function* everyPage<Item>(
  client: Client,
  call: Call,
  at: string,
  query: Readonly<Record<string, string>>,
  schema: PageSchema<Item>,
): AsyncGenerator<Item> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const asked = { ...query, per_page: String(LARGEST_PAGE), page: String(page) };
    const { items, isLast } = await client.read(call, at, asked, schema);
    yield* items;
    if (isLast) return;
  }
  throw rejected(
    `too many at ${at}`,
    'Too many have this somewhere in them. Write the panel’s id, a slash and the account’s id instead.',
  );
}
