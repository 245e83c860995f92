/** pg-boss over the store's own connections, so that there is no second pool and no second driver. */
import type { Db } from 'pg-boss';
import type { Sql, Transaction } from '../store/connect.ts';

/**
 * pg-boss sends some of its statements as one script, a transaction of its own around them. A pool may give each statement of a script to
 * another connection, and a script that fails leaves its transaction open: the driver's own `begin` does neither.
 */
const SCRIPT = /^\s*BEGIN;(?<statements>[\s\S]*)COMMIT;\s*$/;

/** For what pg-boss does by itself. */
export function overPool(sql: Sql): Db {
  return {
    async executeSql(text, values) {
      const statements = SCRIPT.exec(text)?.groups?.statements;
      if (statements === undefined) return { rows: await send(sql, text, values) };
      return { rows: (await sql.begin((transaction) => send(transaction, statements, values))) as unknown[] };
    },
  };
}

/** For what is to happen if, and only if, somebody's transaction is committed. */
export function overTransaction(transaction: Transaction): Db {
  return { executeSql: async (text, values) => ({ rows: await send(transaction, text, values) }) };
}

/** pg-boss hands over JSON that it has written already. The driver would write it once more, as one string, where a parameter is cast to JSON. */
function asTexts(text: string, values: readonly unknown[]): string {
  return text.replaceAll(/\$(\d+)::json/g, (cast, index) =>
    typeof values[Number(index) - 1] === 'string' ? `$${index}::text::json` : cast,
  );
}

async function send(sql: Sql | Transaction, text: string, values: readonly unknown[] = []): Promise<unknown[]> {
  // The driver refuses `undefined`, which pg-boss sends for what it leaves out.
  const parameters = values.map((value) => value ?? null) as Parameters<Sql['unsafe']>[1];
  const result = await sql.unsafe(asTexts(text, values), parameters);
  // Of a script, the driver answers with the rows of each statement.
  return result.some(Array.isArray) ? result.flat() : [...result];
}
