import { type Answer, json } from '../wire/answer.ts';
import { contains, filtersOf, pageOf, perPageOf } from '../wire/input.ts';
import type { DoubleRequest } from '../wire/request.ts';
import { exception, serverError } from './errors.ts';
import type { CtrlState } from './state.ts';

/** What may be filtered by, and what is compared: always whether it contains the value. */
export type Filters<Row> = Readonly<Record<string, (row: Row) => unknown>>;

/** @throws Refusal 400 for a filter that there is not */
export function filtered<Row>(request: DoubleRequest, rows: Iterable<Row>, filters: Filters<Row>): Row[] {
  const asked = filtersOf(request.query);
  const known = Object.keys(filters);
  const unknown = [...asked.keys()].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw exception(
      400,
      `Requested filter(s) \`${unknown.join(', ')}\` are not allowed. Allowed filter(s) are \`${known.join(', ')}\`.`,
    );
  return [...rows].filter((row) =>
    [...asked].every(
      ([name, values]) => values.length === 0 || values.some((one) => contains(filters[name]?.(row), one)),
    ),
  );
}

/** One page of rows. Its links forget everything but the page's number. */
export function pageAnswer<Row>(
  { release }: CtrlState,
  request: DoubleRequest,
  rows: readonly Row[],
  show: (row: Row) => unknown,
): Answer {
  const perPage = perPageOf(request.query);
  if (perPage === null) throw serverError();
  const current = pageOf(request.query);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const shown = rows.slice((current - 1) * perPage, current * perPage);
  const path = request.origin + request.path;
  const to = (page: number) => (page < 1 || page > Math.max(last, current - 1) ? null : `${path}?page=${page}`);
  const bounds = {
    from: shown.length === 0 ? null : (current - 1) * perPage + 1,
    to: shown.length === 0 ? null : (current - 1) * perPage + shown.length,
  };
  const data = shown.map(show);
  const numbered = { current_page: current, last_page: last, path, per_page: perPage, total: rows.length, ...bounds };
  const links = linksOf(current, last, to);
  if (release === '1.1.1')
    return json(200, {
      ...numbered,
      data,
      links,
      first_page_url: to(1),
      last_page_url: to(last),
      prev_page_url: to(current - 1),
      next_page_url: to(current + 1),
    });
  return json(200, {
    data,
    links: { first: to(1), last: to(last), prev: to(current - 1), next: to(current + 1) },
    meta: { ...numbered, links },
  });
}

function linksOf(current: number, last: number, to: (page: number) => string | null) {
  const numbers = Array.from({ length: last }, (_, index) => index + 1);
  return [
    { url: to(current - 1), label: '&laquo; Previous', active: false },
    ...numbers.map((page) => ({ url: to(page), label: String(page), active: page === current })),
    { url: to(current + 1), label: 'Next &raquo;', active: false },
  ];
}
