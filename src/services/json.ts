/** JSON as it is stored: exact for amounts and moments, and in one form only where it is hashed. */
import type { JsonValue } from '../panels/panel.ts';

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

/** Makes a value of amounts (bigint) and moments (Date) storable as JSON, exactly. */
export function toStored(value: unknown): JsonValue {
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
