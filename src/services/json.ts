/** JSON as it is stored: exact for amounts and moments, and in one form only where it is hashed. */
import type { JsonValue } from '../panels/panel.ts';
import type { Sql, Transaction } from '../store/connect.ts';

/** JSON with sorted keys and no spaces: equal values give equal text. */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map((item: JsonValue) => canonicalJson(item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Readonly<Record<string, JsonValue>>).sort(([left], [right]) =>
      left < right ? -1 : 1,
    );
    return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** What text PostgreSQL takes: panels may send a NUL or half a surrogate pair, and what they did must be stored all the same. */
export function storable<Text extends string | null>(text: Text): Text {
  return (text === null ? null : text.toWellFormed().replaceAll('\0', '')) as Text;
}

/** Makes a value of amounts (bigint) and moments (Date) storable as JSON, exactly. */
export function toStored(value: unknown): JsonValue {
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'bigint') return { $bigint: value.toString() };
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(toStored);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([name, item]) => [name, toStored(item)]),
    );
  }
  return value as JsonValue;
}

/** Reads back what {@link toStored} made. */
export function fromStored(value: JsonValue): unknown {
  if (Array.isArray(value)) return value.map((item: JsonValue) => fromStored(item));
  if (value !== null && typeof value === 'object') {
    const object = value as Readonly<Record<string, JsonValue>>;
    if (typeof object.$bigint === 'string') return BigInt(object.$bigint);
    if (typeof object.$date === 'string') return new Date(object.$date);
    return Object.fromEntries(Object.entries(object).map(([name, item]) => [name, fromStored(item)]));
  }
  return value;
}

/** A value as a statement's JSON. The driver's own type knows no read-only lists, which JSON holds as well. */
export function jsonParameter(sql: Sql | Transaction, value: JsonValue | readonly object[]) {
  return sql.json(value as Parameters<Sql['json']>[0]);
}
