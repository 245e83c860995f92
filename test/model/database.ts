/** A database whose time is the model's, that remembers every state an operation was in, and that is emptied between sequences. */
import { pino } from 'pino';
import postgres from 'postgres';
import { afterAll } from 'vitest';
import type { OperationState } from '../../src/domain/operation.ts';
import type { Timer } from '../../src/services/timers/timer.ts';
import { open, type Sql, type Store, type Transaction } from '../../src/store/connect.ts';
import { testDatabase } from '../harness/database.ts';

/** When every sequence begins. */
export const START = new Date('2026-03-01T12:00:00Z');

export interface ModelDatabase {
  /** What the services use, before it is put in turns. */
  readonly store: Store;
  /** The test's own connection, past all guards of records. */
  readonly own: Sql;
  /** Takes away everything but grants; numbers begin anew. */
  clear(): Promise<void>;
}

/** Which state came after which, `null` before the first. */
export interface Transition {
  readonly operation: bigint;
  readonly before: OperationState | null;
  readonly after: OperationState;
}

export interface SetTimer {
  readonly id: bigint;
  readonly timer: Timer;
  readonly at: Date;
}

/** `now()` of every statement and of every default is the model's: its schema comes before the system's own. */
const SETUP = `
  create schema model;
  create table model.clock (at timestamptz not null);
  create function model.now() returns timestamptz stable language sql as 'select at from model.clock';
  create table model.timers (id bigserial primary key, timer jsonb not null, at timestamptz not null);
  create table model.transitions (id bigserial primary key, operation bigint not null, before text, after text not null);
  create function model.note_transition() returns trigger language plpgsql as $$
    begin
      insert into model.transitions (operation, before, after)
      values (new.number, case tg_op when 'UPDATE' then old.state end, new.state);
      return null;
    end $$;
  create trigger note_transition after insert or update of state on operations
    for each row execute function model.note_transition();
  do $$
    declare here record;
    begin
      for here in
        select format('alter table %s alter column %I set default model.now()', adrelid::regclass, attname) as change
        from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
        where pg_get_expr(adbin, adrelid) = 'now()'
      loop
        execute here.change;
      end loop;
      execute format('alter database %I set search_path = model, pg_catalog, public', current_database());
    end $$;
`;

/** All that a sequence writes. */
const TABLES = [
  ...['operation_steps', 'approvals', 'amendments', 'ledger', 'audit_seals', 'audit_personal', 'audit', 'notices'],
  ...['component_presses', 'people', 'links', 'directory', 'operations'],
  ...['model.timers', 'model.transitions', 'model.clock'],
];

export async function modelDatabase(): Promise<ModelDatabase> {
  const database = await testDatabase();
  // As a replica it sets off no triggers: neither those that guard records, nor the model's own.
  const options = { max: 1, onnotice: () => undefined, types: { bigint: postgres.BigInt } };
  const own: Sql = postgres(database.url, { ...options, connection: { session_replication_role: 'replica' } });
  await own.unsafe(SETUP);
  const store = open(database.url, pino({ level: 'warn' }));
  afterAll(async () => {
    await store.close();
    await own.end();
    await database.drop();
  });
  const emptied = TABLES.map((table) => `delete from ${table};`).join('');
  return {
    store,
    own,
    async clear() {
      await own.unsafe(`
        ${emptied}
        insert into model.clock values ('${START.toISOString()}');
        select setval(pg_get_serial_sequence('operations', 'number'), 1000, false);`);
    },
  };
}

/** Sets a timer in the transaction of what wants it. */
export async function setTimer(transaction: Transaction, timer: Timer, at: Date): Promise<void> {
  await transaction`insert into model.timers (timer, at) values (${JSON.stringify(timer)}::text::jsonb, ${at})`;
}
