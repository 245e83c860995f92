import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { BotFaults } from '../../../sandbox/hurt/bot-faults.ts';
import type { BotReport } from '../../../sandbox/hurt/bot-orders.ts';
import { money } from '../../../src/domain/money.ts';
import { createBuiltinPanel } from '../../../src/panels/builtin/panel.ts';
import { type Change, requireAbility } from '../../../src/panels/panel.ts';
import { testStore } from '../../harness/database.ts';

const { sql } = await testStore();
const builtin = createBuiltinPanel({ id: 'main', label: 'Main', sql });
const { unit } = requireAbility(builtin, 'credits').traits;

let reports: BotReport[];
let faults: BotFaults;
let accountId: string;

beforeEach(async () => {
  reports = [];
  faults = new BotFaults((report) => reports.push(report));
  const [row] = await sql<{ id: bigint }[]>`
    insert into builtin_accounts (panel, email, username) values ('main', ${randomUUID()}, ${randomUUID()}) returning id`;
  accountId = String(row?.id);
});

function grant(signal = new AbortController().signal) {
  const change: Change = { signal, reference: randomUUID(), step: (_name, run) => run() };
  return requireAbility(faults.panel(builtin), 'credits').add(accountId, money(100n, unit), change);
}

async function balance(): Promise<bigint | undefined> {
  const account = await faults.panel(builtin).get(accountId, { signal: new AbortController().signal });
  return account?.balance?.minor;
}

test('a panel that dies after acting has acted, and does not say so; the next change is as ever', async () => {
  faults.obey({ do: 'arm', fault: 'dies' });
  expect(await balance()).toBe(0n);
  await expect(grant()).rejects.toMatchObject({ kind: 'unreachable', effect: 'unknown' });
  expect(reports).toEqual([{ fault: 'dies', phase: 'over' }]);
  expect(await balance()).toBe(100n);
  await grant();
  expect(await balance()).toBe(200n);
});

test('what was taken back happens to nobody', async () => {
  for (const fault of ['dies', 'slow', 'kill'] as const) {
    faults.obey({ do: 'arm', fault });
    faults.obey({ do: 'take back', fault });
  }
  await grant();
  await faults.at('effect:after');
  expect(reports).toEqual([]);
});

test('a change that is given up while the panel is slow has changed nothing', async () => {
  faults.obey({ do: 'arm', fault: 'slow' });
  const abort = new AbortController();
  const granted = grant(abort.signal);
  expect(reports).toEqual([{ fault: 'slow', phase: 'begun' }]);
  abort.abort();
  await expect(granted).rejects.toMatchObject({ kind: 'timeout', effect: 'none' });
  expect(await balance()).toBe(0n);
});

test('it waits to be killed between the effect and its record, and nowhere else', async () => {
  faults.obey({ do: 'arm', fault: 'kill' });
  await faults.at('intent:after');
  expect(reports).toEqual([]);
  let isOver = false;
  void faults.at('effect:after').then(() => {
    isOver = true;
  });
  expect(reports).toEqual([{ fault: 'kill', phase: 'begun' }]);
  await faults.at('effect:after');
  expect(isOver).toBe(false);
});
