import { USER_IDS } from '../world.ts';
import type { Customer } from './customers.ts';
import type { Chance } from './random.ts';

/** Something that happened to an account: by staff (then it is an operation), or in the panel by itself. */
export type Happening = {
  readonly account: Customer;
  readonly minutesAgo: number;
} & (
  | { readonly kind: 'opening' | 'charge' | 'topUp'; readonly deltaMinor: bigint }
  | { readonly kind: 'grant' | 'deduct'; readonly deltaMinor: bigint; readonly actor: string; readonly reason: string }
  | { readonly kind: 'unknownGrant'; readonly deltaMinor: bigint; readonly actor: string; readonly reason: string }
  | { readonly kind: 'suspend' | 'delete'; readonly actor: string; readonly reason: string }
);

const DAY_MINUTES = 24 * 60;
const LEDGER_DAYS = 60;

const user = (name: string): string => {
  const id = USER_IDS[name];
  if (id === undefined) throw new Error(`${name} is no resident`);
  return id;
};

const GRANT_REASONS = ['Power cut', 'Late support', 'Contest prize', 'Migration trouble', 'Goodwill'] as const;
const DEDUCT_REASONS = ['Chargeback', 'Granted twice', 'Refund paid out'] as const;

/** Sixty days of one community, oldest first. */
export function happenings(random: Chance, accounts: readonly Customer[]): readonly Happening[] {
  const staff = [user('mira'), user('mira'), user('priya_n'), user('lena.vogt'), user('tomasz')] as const;
  const all = accounts.flatMap((account) => life(random, account, staff));
  return [...all, ...marked(accounts)].toSorted((left, right) => right.minutesAgo - left.minutesAgo);
}

/** Credits are hundredths: 1 000 is ten credits. */
function life(random: Chance, account: Customer, staff: readonly string[]): Happening[] {
  const days = Math.min(LEDGER_DAYS, account.createdDaysAgo);
  const at = (day: number) => Math.round((days - day) * DAY_MINUTES - random.integer(0, DAY_MINUTES - 10));
  const made: Happening[] = [];
  let balance = BigInt(random.integer(2, 90)) * 500n;
  made.push({ kind: 'opening', account, deltaMinor: balance, minutesAgo: days * DAY_MINUTES });
  for (let day = random.integer(1, 9); day < days; day += random.integer(4, 17)) {
    const minutesAgo = Math.max(30, at(day));
    const happening = random.happens(0.16)
      ? byStaff(random, account, minutesAgo, balance, staff)
      : byItself(random, account, minutesAgo, balance);
    balance += happening.deltaMinor;
    made.push(happening);
  }
  return made;
}

function byItself(random: Chance, account: Customer, minutesAgo: number, balance: bigint) {
  const charge = BigInt(random.integer(3, 28)) * 50n;
  if (charge <= balance && random.happens(0.7))
    return { kind: 'charge', account, minutesAgo, deltaMinor: -charge } as const;
  return { kind: 'topUp', account, minutesAgo, deltaMinor: BigInt(random.integer(1, 10)) * 1_000n } as const;
}

function byStaff(random: Chance, account: Customer, minutesAgo: number, balance: bigint, staff: readonly string[]) {
  const actor = random.pick(staff);
  const amount = BigInt(random.integer(1, 12)) * 500n;
  if (amount <= balance && random.happens(0.2)) {
    const accountant = user('lena.vogt');
    return {
      kind: 'deduct',
      account,
      minutesAgo,
      deltaMinor: -amount,
      actor: accountant,
      reason: random.pick(DEDUCT_REASONS),
    } as const;
  }
  return { kind: 'grant', account, minutesAgo, deltaMinor: amount, actor, reason: random.pick(GRANT_REASONS) } as const;
}

/** What everyone meets who looks around: two suspended, some deleted, one grant of which nobody knows whether it arrived. */
function marked(accounts: readonly Customer[]): Happening[] {
  const named = (username: string) => {
    const account = accounts.find((candidate) => candidate.username === username);
    if (!account) throw new Error(`${username} has no account`);
    return account;
  };
  const settled = accounts.filter(({ memberId, createdDaysAgo }) => !memberId && createdDaysAgo > LEDGER_DAYS);
  const stranger = (position: number) => {
    const account = settled[position];
    if (!account) throw new Error('there are fewer accounts than the story needs');
    return account;
  };
  const mira = user('mira');
  const tomasz = user('tomasz');
  const alex = named('alex');
  return [
    {
      kind: 'grant',
      account: alex,
      minutesAgo: 26 * DAY_MINUTES + 200,
      deltaMinor: 2_000n,
      actor: mira,
      reason: 'Late support',
    },
    {
      kind: 'grant',
      account: alex,
      minutesAgo: 8 * DAY_MINUTES + 75,
      deltaMinor: 4_500n,
      actor: user('priya_n'),
      reason: 'Power cut',
    },
    { kind: 'suspend', account: named('vito'), minutesAgo: 3 * DAY_MINUTES + 95, actor: mira, reason: 'Chargeback' },
    {
      kind: 'suspend',
      account: stranger(4),
      minutesAgo: 11 * DAY_MINUTES + 20,
      actor: tomasz,
      reason: 'Phishing page on a server',
    },
    {
      kind: 'delete',
      account: stranger(17),
      minutesAgo: 19 * DAY_MINUTES + 310,
      actor: tomasz,
      reason: 'Asked for by the customer',
    },
    {
      kind: 'delete',
      account: stranger(29),
      minutesAgo: 34 * DAY_MINUTES + 45,
      actor: tomasz,
      reason: 'Double account',
    },
    {
      kind: 'unknownGrant',
      account: named('greta'),
      minutesAgo: 140,
      deltaMinor: 2_500n,
      actor: user('priya_n'),
      reason: 'Migration trouble',
    },
  ];
}
