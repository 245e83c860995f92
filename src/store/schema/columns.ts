import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment with its zone; `Date` in code. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** Bytes, `Uint8Array` in code. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });

/** Text that is JSON already. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** JSON. Drizzle's own column reads a text twice, so that the text `"1042"` comes back as a number. */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => new JsonText(JSON.stringify(value)),
});
