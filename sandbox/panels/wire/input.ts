import type { DoubleRequest } from './request.ts';

export type Input = Record<string, unknown>;

/** A body that says it is JSON and is not. */
export class MalformedJson extends Error {}

/**
 * What Laravel takes for a request's input: the query and the body, as JSON or as a form, with strings trimmed and empty ones null.
 *
 * @throws MalformedJson
 */
export function readInput(request: DoubleRequest): Input {
  const sent = { ...Object.fromEntries(request.query), ...readBody(request) };
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, normalised(name, value)]));
}

function readBody({ headers, body }: DoubleRequest): Input {
  if (body === '') return {};
  if (!/[/+]json/i.test(headers['content-type'] ?? '')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Input) : {};
  } catch {
    throw new MalformedJson();
  }
}

/** What Laravel cuts off beside blanks. */
const ENDS = /^[\s\u{feff}\u{200b}\u{200e}]+|[\s\u{feff}\u{200b}\u{200e}]+$/gu;

/** Passwords alone are not trimmed. */
function normalised(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = name.startsWith('password') ? value : value.replace(ENDS, '');
  return text === '' ? null : text;
}

/** How MySQL reads text that is compared with a number: by the number it begins with, else as 0. */
export function coercedId(text: string): number {
  return Number(/^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?/i.exec(text)?.[0] ?? 0);
}

/** The page of Laravel's paginators: anything but a positive whole number is the first. */
export function pageOf(query: URLSearchParams): number {
  const text = query.get('page') ?? '1';
  return /^[1-9]\d*$/.test(text) ? Number(text) : 1;
}

/** How many rows a page has: as usual unless asked otherwise, 15 for 0; null for what Laravel stumbles over. */
export function perPageOf(query: URLSearchParams, usual = 50): number | null {
  const text = query.get('per_page') || String(usual);
  if (!/^\d+$/.test(text)) return null;
  return Number(text) || 15;
}

/**
 * The filters asked for, by name, each with the values of which one must match. Empty ones are no filters; `true` and `false` are
 * booleans to the query builder, and so become "1" and what everything contains.
 */
export function filtersOf(query: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const filters = new Map<string, readonly string[]>();
  for (const [key, value] of query) {
    const name = /^filter\[(.+)\]$/.exec(key)?.[1];
    if (name !== undefined) filters.set(name, value.split(',').filter(Boolean).map(fromBoolean));
  }
  return filters;
}

function fromBoolean(value: string): string {
  return { true: '1', false: '' }[value] ?? value;
}

/** `LIKE '%value%'` on a collation that knows no case. */
export function contains(stored: unknown, wanted: string): boolean {
  return stored !== null && stored !== undefined && String(stored).toLowerCase().includes(wanted.toLowerCase());
}

/** A list of names in the query, such as `include=a,b`. */
export function namesOf(query: URLSearchParams, parameter: string): readonly string[] {
  return (query.get(parameter) ?? '').split(',').filter(Boolean);
}
