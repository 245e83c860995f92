import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A moment with its zone; `Date` in code. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** Bytes, `Uint8Array` in code. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' });
