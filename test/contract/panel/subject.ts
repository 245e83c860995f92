import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { type Money, money } from '../../../src/domain/money.ts';
import type { Call, Change, Field, FieldValues, Panel } from '../../../src/panels/panel.ts';
import { PanelError, requireAbility } from '../../../src/panels/panel.ts';

/** What the suite needs of a panel's own test. */
export interface PanelUnderTest {
  readonly panel: Panel;
  /** Makes an active, unverified account without going through the port. */
  given(account: GivenAccount): Promise<Account>;
  /** Ids that look like the panel's own, of accounts that it does not have. */
  readonly absentIds: readonly string[];
  /** Gives an account a server that is in use, and says its id. Wanted of panels with servers. */
  givenServer?(account: Account): Promise<string>;
  /** Writes down whose account it is, where that is not done through the port. Wanted of panels that hold links which they do not keep for us. */
  givenLink?(account: Account, userId: string): Promise<void>;
}

export interface GivenAccount {
  readonly email: string;
  readonly username: string;
  /** In whole units of the panel's credits. */
  readonly balance: number;
}

/** An account that no other test knows. */
export function givenAccount(subject: PanelUnderTest, changed: Partial<GivenAccount> = {}): Promise<Account> {
  const username = uniqueName();
  return subject.given({ email: `${username}@example.com`, username, balance: 10, ...changed });
}

/** Values for whatever else a panel requires of an account. */
export function otherRequired(fields: readonly Field[]): FieldValues {
  const asked = fields.filter(({ name, required }) => required && name !== 'email' && name !== 'username');
  return Object.fromEntries(asked.map(({ name }) => [name, 'Example']));
}

export function uniqueName(): string {
  return `u${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

export function call(signal = new AbortController().signal): Call {
  return { signal };
}

/** A change with a reference of its own, whose steps run as they come. */
export function change(reference: string = randomUUID(), signal = new AbortController().signal): Change {
  return { signal, reference, step: (_name, run) => run() };
}

/** Whole units of the panel's credits. */
export function units(panel: Panel, count: number): Money {
  const { unit } = requireAbility(panel, 'credits').traits;
  return money(BigInt(count) * 10n ** BigInt(unit.scale), unit);
}

/** The account as the panel shows it now. */
export async function read(panel: Panel, account: Account): Promise<Account> {
  const found = await panel.get(account.id, call());
  if (!found) throw new Error(`account ${account.id} is gone`);
  return found;
}

const KINDS = [
  'unreachable',
  'timeout',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'rejected',
  'rate_limited',
  'unsupported_version',
  'malformed',
];

/** The error of a call that must fail: whole, and of no other kind than the port's own. */
export async function failureOf(attempt: Promise<unknown>): Promise<PanelError> {
  const error = await attempt.then(
    () => {
      throw new Error('the call should have failed');
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof PanelError)) throw error;
  expect(KINDS).toContain(error.kind);
  expect(['none', 'partial', 'unknown']).toContain(error.effect);
  expect(error.message).not.toBe('');
  expect(error.detail === null || typeof error.detail === 'string').toBe(true);
  return error;
}

/** Ids of forms that databases and languages are known to read as another id. None of them names an account. */
export function oddIds(account: Account): readonly string[] {
  const { id } = account;
  return [
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    '0x10',
    '1; drop table users',
    "' or '1'='1",
    '%',
    '../1',
    '\u0000',
    '１２',
    '\u{1f980}',
    '\ud800',
    '9'.repeat(19),
    '9'.repeat(64),
    'x'.repeat(65),
    ` ${id}`,
    `${id} `,
    `${id}\n`,
    `${id}\u0000`,
    `${id}abc`,
    `${id}.0`,
    `0${id}`,
    `+${id}`,
  ];
}
