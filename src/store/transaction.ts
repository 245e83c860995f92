/**
 * Transactions that end with their connection. The driver goes on with one whose connection is lost: its `commit` or `rollback` then ends
 * the whole process, or comes between the statements of whoever has the connection next, and statements that waited for others to be sent
 * wait for ever.
 *
 * @see https://github.com/porsager/postgres/issues/1208 and https://github.com/porsager/postgres/issues/1216, of postgres 3.4.9
 */
import postgres from 'postgres';
import type { Sql, Transaction } from './connect.ts';

type Begin = <Result>(run: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** What is needed of the driver's queries: one is sent by its handler, once somebody waits for it. */
interface Query {
  handler: (query: Query) => void;
  reject: (error: unknown) => void;
}

interface Connection {
  /** Why there is none any more; null while there is. */
  lost: unknown;
  /** What was sent over it, or waits to be. */
  readonly sent: Set<Query>;
}

/** Lets the transactions of a pool send nothing once their connection is lost. */
export function endWithConnection(sql: Sql): Sql {
  const begin = sql.begin.bind(sql) as Begin;
  const guarded: Begin = (run) => {
    const connection: Connection = { lost: null, sent: new Set() };
    const ended = begin(async (transaction) => {
      try {
        return await run(guard(transaction, connection));
      } finally {
        // The driver has rejected already, or will when the socket closes: neither a commit nor a rollback may come from here.
        if (connection.lost) await new Promise<never>(() => undefined);
      }
    });
    ended.catch((error: unknown) => {
      connection.lost ??= error;
      for (const query of connection.sent) query.reject(error);
    });
    return ended;
  };
  return Object.assign(sql, { begin: guarded as Sql['begin'] });
}

function guard(transaction: Transaction, connection: Connection): Transaction {
  const guarded = (made: unknown) => {
    if (isQuery(made)) sendWhileConnected(made, connection);
    return made;
  };
  return new Proxy(transaction, {
    apply: (target, self, parameters) => guarded(Reflect.apply(target, self, parameters)),
    get(target, name, receiver) {
      if (name !== 'unsafe') return Reflect.get(target, name, receiver);
      return (...parameters: Parameters<Transaction['unsafe']>) => guarded(target.unsafe(...parameters));
    },
  });
}

/** Not what stands for a name or a list within a query. */
function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}

function sendWhileConnected(query: Query, connection: Connection): void {
  const { handler: send, reject } = query;
  query.reject = (error) => {
    if (isLoss(error)) connection.lost ??= error;
    reject(error);
  };
  query.handler = () => {
    if (connection.lost) return query.reject(connection.lost);
    connection.sent.add(query);
    send(query);
  };
}

/** A fault of the connection, by the driver, the system or the server that ends it; not one of the statement. */
function isLoss(error: unknown): boolean {
  if (error instanceof postgres.PostgresError) return error.severity !== 'ERROR';
  if (!(error instanceof Error)) return false;
  return 'syscall' in error || ('code' in error && String(error.code).startsWith('CONNECTION_'));
}
