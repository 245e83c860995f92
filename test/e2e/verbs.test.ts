/** Every verb, by every way that people have: the same words, the same change, the same record, the same line for the team. */
import { describe, expect, test } from 'vitest';
import type { FieldValue } from '../../sandbox/discord/person/form-input.ts';
import type { OptionValues } from '../../sandbox/discord/person/person.ts';
import type { Account } from '../../src/domain/account.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse();
const { discord, store, tomasz, ada } = house;
await house.set('graceHours', 0);

interface VerbCase {
  readonly command: string;
  /** What it is given besides the account. */
  readonly given: OptionValues;
  /** What only its forms ask. */
  readonly asked?: (account: TestAccount) => Record<string, FieldValue>;
  /** On the card: a button, or an entry of *More…*. */
  readonly action: string;
  /** What is done before, so that there is something to do. */
  readonly before?: (account: TestAccount) => Promise<unknown>;
  /** First line of the answer, up to the number. */
  readonly says: string;
  /** The line in the audit channel, after the number and up to the account. */
  readonly line: string;
  readonly becomes: Partial<Account> | { readonly credits: string };
  /** Its answer offers to take it back. */
  readonly undoable?: true;
}

const type = (command: string, given: OptionValues) => (account: TestAccount) =>
  ada.types(command, { account: account.reference, ...given });
const remove = (account: TestAccount) =>
  type('user delete', { reason: 'Before' })(account).then((screen) =>
    ada.goesOn(screen, { username: account.username }),
  );

const VERBS: readonly VerbCase[] = [
  {
    command: 'user edit',
    given: {},
    asked: () => ({ name: 'A new name' }),
    action: 'Edit',
    says: 'Edited · Name',
    line: '@tomasz · Edited',
    becomes: { name: 'A new name' },
  },
  {
    command: 'user suspend',
    given: { reason: 'Chargeback' },
    action: 'Suspend',
    says: 'Suspended · Chargeback',
    line: '@tomasz · Suspended',
    becomes: { status: 'suspended' },
    undoable: true,
  },
  {
    command: 'user unsuspend',
    given: {},
    action: 'Lift suspension',
    before: type('user suspend', { reason: 'Before' }),
    says: 'Suspension lifted',
    line: '@tomasz · Suspension lifted',
    becomes: { status: 'active' },
  },
  {
    command: 'user role',
    given: { change: 'set', role: 'reseller' },
    action: 'Change role',
    says: 'Roles changed · reseller',
    line: '@tomasz · Roles changed',
    becomes: { roles: ['reseller'] },
    undoable: true,
  },
  {
    command: 'user verify',
    given: {},
    action: 'Mark e-mail as verified',
    says: 'E-mail verified',
    line: '@tomasz · E-mail verified',
    becomes: { verified: true },
  },
  {
    command: 'user delete',
    given: { reason: 'They asked for it' },
    asked: ({ username }) => ({ username }),
    action: 'Delete…',
    says: 'Deleted · They asked for it',
    line: '@tomasz · Deleted',
    becomes: { status: 'deleted' },
  },
  {
    command: 'user restore',
    given: {},
    action: 'Restore',
    before: remove,
    says: 'Restored',
    line: '@tomasz · Restored',
    becomes: { status: 'active' },
  },
  {
    command: 'credits add',
    given: { amount: '12.5', reason: 'Power cut' },
    action: 'Give credits',
    says: '+12.50 · 120 → 132.50 · Power cut',
    line: '@tomasz · +12.50',
    becomes: { credits: '132.5' },
    undoable: true,
  },
  {
    command: 'credits remove',
    given: { amount: '20', reason: 'Refund' },
    action: 'Take credits',
    says: '−20 · 120 → 100 · Refund',
    line: '@tomasz · −20',
    becomes: { credits: '100' },
    undoable: true,
  },
  {
    command: 'credits set',
    given: { amount: '0', reason: 'Closing' },
    action: 'Set balance',
    says: '−120 · 120 → 0 · Closing',
    line: '@tomasz · −120',
    becomes: { credits: '0' },
    undoable: true,
  },
];

type Way = (verb: VerbCase, account: TestAccount) => Promise<Screen>;

const fields = ({ given, asked }: VerbCase, account: TestAccount): Record<string, FieldValue> => ({
  ...Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, name === 'change' ? [String(value)] : String(value)]),
  ),
  ...asked?.(account),
});

const WAYS: Readonly<Record<string, Way>> = {
  async 'typed whole'(verb, account) {
    const first = await tomasz.types(verb.command, { account: account.reference, ...verb.given });
    return tomasz.goesOn(first, fields(verb, account));
  },
  async 'asked for in forms'(verb, account) {
    const first = await tomasz.types(verb.command);
    expect(first.fields).toContain('account');
    return tomasz.goesOn(
      await tomasz.sends(first, { ...pick(fields(verb, account), first.fields), account: account.username }),
      fields(verb, account),
    );
  },
  async 'chosen on the card'(verb, account) {
    const card = await tomasz.types('user view', { account: account.username });
    return tomasz.goesOn(await tomasz.presses(card, verb.action), fields(verb, account));
  },
};

function pick(values: Record<string, FieldValue>, names: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}

/** The newest operation on an account, with what was written beside it. */
async function recordOf({ id }: TestAccount) {
  const [record] = await store.sql`
    select number::integer, verb, state, actor_id, reason,
      (select count(*)::integer from audit where operation = number and outcome = 'succeeded') as audited,
      (select coalesce(sum(delta_minor), 0)::text from ledger where operation = number) as moved
    from operations where account_id = ${id} order by number desc limit 1`;
  return record;
}

async function expectDone(verb: VerbCase, account: TestAccount, answer: Screen): Promise<void> {
  const record = await recordOf(account);
  expect(record).toMatchObject({ state: 'succeeded', actor_id: tomasz.id, audited: 1 });
  const [first, second] = answer.text.split('\n');
  expect(first).toBe(`${verb.says} · #${record?.number}`);
  expect(second).toMatch(new RegExp(`^${account.username} · .+ · by @tomasz$`));
  expect(answer.isPrivate).toBe(false);
  expect(answer.actions).toEqual(verb.undoable ? ['Open card', 'Undo'] : ['Open card']);
  expect(JSON.stringify(answer.message)).not.toContain('@example.com');

  const now = await account.now();
  if ('credits' in verb.becomes) expect(now.balance?.minor).toBe(BigInt(Number(verb.becomes.credits) * 100));
  else expect(now).toMatchObject(verb.becomes);
  expect(record?.moved).toBe('credits' in verb.becomes ? String(Number(verb.becomes.credits) * 100 - 12_000) : '0');

  const line = (await house.auditLines()).at(-1);
  expect(line).toMatch(
    new RegExp(`^#${record?.number} · ${verb.line.replaceAll(/[+.]/g, '\\$&')} · ${account.username}`),
  );
}

describe.each(VERBS.map((verb) => [verb.command, verb] as const))('/%s', (_command, verb) => {
  test.each(Object.entries(WAYS))('%s', async (_way, go) => {
    const account = await house.customer();
    await verb.before?.(account);
    await expectDone(verb, account, await go(verb, account));
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
