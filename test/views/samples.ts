/** Sample data for views, plain and hostile. */

import type { Account } from '../../src/domain/account.ts';
import { money } from '../../src/domain/money.ts';
import { PERMISSIONS, type Permission, PRESET_PERMISSIONS, type Preset } from '../../src/domain/permission.ts';
import { ABILITIES } from '../../src/panels/panel.ts';
import type { Card } from '../../src/views/account-card.ts';
import type { LedgerLine } from '../../src/views/ledger.ts';
import type { OperationCardFacts } from '../../src/views/operation-card.ts';
import type { RecordFacts } from '../../src/views/record-facts.ts';

export const UNIT = { code: 'credits', scale: 2 };
export const NOW = new Date('2026-03-01T12:00:00Z');
/** All that has ever broken a message, in one text: it is put wherever people or panels may write. */
export const HOSTILE = [
  '# heading',
  '**bold** __under__ ~~gone~~ `code` ||spoiler||',
  '@everyone @here <@1> <@&2> <#3> <:a:4> <t:0:R> </x:5>',
  '[click](https://evil.example) https://evil.example',
  '\u202egnp.exe\u2066\u200b\u200f',
  '\n> quote\n- list\n-# small\n1. one',
  '👩‍🚀🏳️‍🌈𝕬𝖇',
  'a\u0301\u0302\u0303'.repeat(20),
].join(' ');

/** Longest in characters for its graphemes: each is escaped, marked, and counted in UTF-16 units. */
export const LONGEST = '*\u0301\u0302_\u0301\u0302'.repeat(5_000);

export function account(changes: Partial<Account> = {}): Account {
  return {
    panel: 'main',
    id: '1001',
    email: 'alex.morgan@example.com',
    username: 'alexm',
    name: 'Alex Morgan',
    status: 'active',
    roles: ['customer'],
    administrator: false,
    verified: true,
    balance: money(12_000n, UNIT),
    discordId: null,
    createdAt: new Date('2025-06-01T00:00:00Z'),
    details: {},
    ...changes,
  };
}

type Operation = RecordFacts['operation'];

export function operation(changes: Partial<Operation> = {}): Operation {
  return {
    number: 1043,
    verb: 'credits.grant',
    state: 'succeeded',
    actorId: '200',
    at: NOW,
    reason: 'Power cut',
    correctedReason: null,
    delta: money(5_000n, UNIT),
    target: { panel: 'main', accountId: '1001' },
    memberId: '100',
    dueAt: null,
    link: null,
    ...changes,
  };
}

type OperationRecord = OperationCardFacts['record'];

/** A grant that was done. */
export function record(changes: Partial<OperationRecord> = {}): OperationRecord {
  return {
    operation: operation(),
    panel: { id: 'main', label: 'Main' },
    username: 'alex',
    balance: { before: 12_000n, after: 17_000n },
    failure: null,
    failureDetail: null,
    settledBy: null,
    settlerId: null,
    changed: [],
    role: null,
    limit: null,
    voucher: null,
    servers: [],
    doubt: null,
    waiting: null,
    decisions: [],
    steps: [],
    amendments: [],
    linked: [],
    movements: [],
    ...changes,
  };
}

export function card(changes: Partial<Card> = {}): Card {
  return {
    account: account(),
    panel: { id: 'main', label: 'Main' },
    seenAt: NOW,
    unread: null,
    link: { userId: '100', proof: 'staff', at: NOW, isClosed: false },
    suspension: null,
    deletion: null,
    recent: [operation()],
    open: [],
    noteCount: 2,
    permissions: new Set(PERMISSIONS),
    abilities: new Set(ABILITIES),
    own: false,
    ...changes,
  };
}

export function permissionsOf(preset: Preset): ReadonlySet<Permission> {
  return new Set(PRESET_PERMISSIONS[preset]);
}

export function ledgerLine(changes: Partial<LedgerLine> = {}): LedgerLine {
  return {
    kind: 'ours',
    delta: money(5_000n, UNIT),
    balance: money(17_000n, UNIT),
    at: NOW,
    operation: operation(),
    ...changes,
  };
}
