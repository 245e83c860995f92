import { USER_IDS } from '../world.ts';
import type { Customer } from './customers.ts';
import type { Chance } from './random.ts';
import { story } from './story.ts';

/** Something that happened to an account: by staff (then it is an operation), or in the panel by itself. */
export type Happening = {
  readonly account: Customer;
  readonly minutesAgo: number;
} & (
  | { readonly kind: 'opening' | 'charge' | 'topUp'; readonly deltaMinor: bigint }
  | Deed
  /** What became of an earlier deed that had to wait for an approval. */
  | { readonly kind: 'approve' | 'decline'; readonly of: Asked; readonly by: string; readonly note: string | null }
);

/** What somebody did, or wanted to do. */
export type Deed = { readonly actor: string; readonly reason: string } & (
  | {
      readonly kind: 'grant' | 'deduct';
      readonly deltaMinor: bigint;
      /** Takes back an earlier deed. */
      readonly takesBack?: Happening;
    }
  /** Nobody has seen whether it arrived. */
  | { readonly kind: 'unknownGrant'; readonly deltaMinor: bigint }
  | { readonly kind: 'askedGrant'; readonly deltaMinor: bigint; readonly limitMinor: bigint }
  | {
      readonly kind: 'suspend' | 'delete';
      /** After how long a suspension ends by itself. */
      readonly days?: number;
    }
  | { readonly kind: 'unsuspend'; readonly ends: Happening }
);

export type Asked = Extract<Happening, { kind: 'askedGrant' }>;

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
  return [...all, ...story(accounts)].toSorted((left, right) => right.minutesAgo - left.minutesAgo);
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
