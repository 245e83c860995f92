import { type Answer, json } from '../wire/answer.ts';
import { contains, filtersOf, pageOf, perPageOf } from '../wire/input.ts';
import type { DoubleRequest } from '../wire/request.ts';
import { refusal, unexpected } from './errors.ts';

const SORTS = ['id', 'uuid'];

export interface Listing<Row> {
  readonly rows: Iterable<Row>;
  /** What may be filtered by, and what is compared. */
  readonly filters: Readonly<Record<string, (row: Row) => string | null>>;
  readonly show: (row: Row) => unknown;
  /** Rows of a page where nothing else is asked; 50 by default. */
  readonly perPage?: number;
}

/** One page of rows, filtered by substrings and sorted. Its links forget everything but the page's number. */
export function listAnswer<Row extends { readonly id: number; readonly uuid: string }>(
  request: DoubleRequest,
  { rows, filters, show, perPage: usual }: Listing<Row>,
): Answer {
  const asked = filtersOf(request.query);
  refuseUnknown('Filter', 'filter', [...asked.keys()], Object.keys(filters));
  const perPage = perPageOf(request.query, usual);
  if (perPage === null) throw unexpected('TypeError');
  const matching = [...rows].filter((row) =>
    [...asked].every(
      ([name, values]) => values.length === 0 || values.some((one) => contains(filters[name]?.(row), one)),
    ),
  );
  const sorted = sort(matching, request.query.get('sort') ?? 'id');
  const page = pageOf(request.query);
  const data = sorted.slice((page - 1) * perPage, page * perPage).map(show);
  const totalPages = Math.max(1, Math.ceil(sorted.length / perPage));
  const link = (number: number) => `${request.origin}${request.path}?page=${number}`;
  return json(200, {
    object: 'list',
    data,
    meta: {
      pagination: {
        total: sorted.length,
        count: data.length,
        per_page: perPage,
        current_page: page,
        total_pages: totalPages,
        links: {
          ...(page > 1 ? { previous: link(page - 1) } : {}),
          ...(page < totalPages ? { next: link(page + 1) } : {}),
        },
      },
    },
  });
}

function sort<Row extends { readonly id: number; readonly uuid: string }>(rows: readonly Row[], by: string): Row[] {
  const column = by.replace(/^-/, '');
  refuseUnknown('Sort', 'sort', [column], SORTS);
  const ascending = rows.toSorted((a, b) => (column === 'uuid' ? a.uuid.localeCompare(b.uuid) : a.id - b.id));
  return by.startsWith('-') ? ascending.reverse() : ascending;
}

function refuseUnknown(
  kind: 'Filter' | 'Sort',
  word: string,
  asked: readonly string[],
  known: readonly string[],
): void {
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const detail = `Requested ${word}(s) \`${unknown.join(', ')}\` are not allowed. Allowed ${word}(s) are \`${known.join(', ')}\`.`;
  throw refusal(400, `Invalid${kind}Query`, detail);
}
