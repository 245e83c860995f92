/** The store and a panel as one process sees them: each question to them takes its turn. */
import type { Sql, Store, Transaction } from '../../src/store/connect.ts';
import type { ModelClock } from './clock.ts';
import type { Life, Turns } from './turns.ts';

/** What is needed of the driver's queries: one is sent by its handler, once somebody waits for it. */
interface Query extends Promise<unknown> {
  handler: (query: Query) => void;
}

/** Each statement is one turn, and so is each transaction as a whole. */
export function storeInTurns(store: Store, turns: Turns, life: Life): Store {
  const sql = new Proxy(store.sql, {
    apply(target, self, parameters) {
      const made: unknown = Reflect.apply(target, self, parameters);
      if (isQuery(made)) sendInTurn(made, turns, life);
      return made;
    },
    get(target, name, receiver) {
      if (name !== 'begin') return Reflect.get(target, name, receiver);
      return async (run: (transaction: Transaction) => Promise<unknown>) => {
        await turns.take(life, 'transaction');
        return turns.during(target.begin(run));
      };
    },
  });
  return { ...store, sql: sql as Sql };
}

/** Not what stands for a name or a list within a query. */
function isQuery(made: unknown): made is Query {
  return made instanceof Promise && 'handler' in made;
}

function sendInTurn(query: Query, turns: Turns, life: Life): void {
  const { handler: send } = query;
  query.handler = () => {
    void turns.take(life, 'statement').then(() => {
      send(query);
      turns.during(query).catch(() => undefined);
    });
  };
}

/**
 * The panel does at once what it is asked for; the answer takes its turn, and may find nobody who waits for it. It takes a moment of the
 * model's time, so that what was stored before a look into the panel is older than what was stored after it.
 */
export function panelInTurns<Part extends object>(part: Part, turns: Turns, life: Life, clock: ModelClock): Part {
  return new Proxy(part, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value === 'function') {
        return async (...parameters: unknown[]) => {
          const answer: Promise<unknown> = Reflect.apply(value, target, parameters);
          await Promise.allSettled([answer]);
          await turns.take(life, `panel ${String(name)}`);
          await turns.during(clock.pass(1));
          return answer;
        };
      }
      const isAbility = typeof value === 'object' && value !== null && name !== 'traits';
      return isAbility ? panelInTurns(value, turns, life, clock) : value;
    },
  });
}
