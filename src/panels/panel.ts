/**
 * The port between Steward and a hosting panel. Every panel has the small core; what else it can do are optional groups, and
 * the presence of a group is the ability. How a group behaves stands in its `traits`, as data. Nobody outside a panel's own
 * folder asks for a panel's name to decide anything.
 */
import type { Account } from '../domain/account.ts';
import type { Money, Unit } from '../domain/money.ts';
import { type PanelFailure, type Refusal, refuse } from '../domain/refusal.ts';

/** What one call to a panel carries. */
export interface Call {
  /** Aborts when the caller no longer waits. An adapter passes it on to whatever it does. */
  readonly signal: AbortSignal;
  /** Nobody waits for the answer: it gives way to people, and takes no more than half of the panel's rate. */
  readonly background?: boolean;
}

/** What one change of a panel carries. */
export interface Change extends Call {
  /** Our own id of this change, stored by panels that can (`proof: 'reference'`). At most 64 characters. */
  readonly reference: string;
  /** An earlier attempt of this change may have acted, and it is not known whether it has. */
  readonly resumed?: boolean;
  /**
   * Runs one part of a change that needs several calls. Its intent and outcome are stored, so that what is done and what is
   * not is known after a crash. A step whose outcome is stored is not run again; its stored result is returned. Every call that
   * writes stands in a step, or none does.
   *
   * `repeatable` says that running it again does no harm, whether or not it has acted; absent: as the group's trait `idempotent` says.
   */
  step<Result extends JsonValue>(
    name: string,
    run: () => Promise<Result>,
    options?: { readonly repeatable?: boolean },
  ): Promise<Result>;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * How a failed change left the panel. `none`: surely nothing was changed; `partial`: some steps were; `unknown`: it cannot be
 * said, which is so whenever bytes were sent and the panel's facts do not prove otherwise.
 */
export type Effect = 'none' | 'partial' | 'unknown';

/** The one error that leaves a panel. Its message is for the log and may hold anything but secrets. */
export class PanelError extends Error {
  readonly kind: PanelFailure;
  readonly effect: Effect;
  /** The panel's own words for people, if it had any. */
  readonly detail: string | null;

  constructor(
    kind: PanelFailure,
    effect: Effect,
    message: string,
    options: { detail?: string | null; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'PanelError';
    this.kind = kind;
    this.effect = effect;
    this.detail = options.detail ?? null;
  }
}

/** How settlement finds out whether a change happened. */
export type Proof =
  /** `receipt(reference)` finds our reference in the panel. */
  | 'reference'
  /** The thing is as it was to become. */
  | 'state'
  /** The balance is as expected; settles only where Steward is the sole writer. */
  | 'balance';

export interface Traits {
  /** False: the same change sent twice acts twice, and is never repeated by itself. */
  readonly idempotent: boolean;
  readonly proof: Proof;
  /** How long after a time-out the panel may still act, in milliseconds: nothing is settled by reading before. */
  readonly settleAfterMs: number;
  /** Plain sentences that staff read before they press. */
  readonly effects: readonly string[];
}

/** What an account is made of, as far as people type it. The value of each that an account has is read by `fieldValue`. */
export type FieldName = 'email' | 'username' | 'name' | 'firstName' | 'lastName' | 'language' | 'role' | 'credits';

/** One input of a form that a panel wants; options, forms and checks are made from it, required ones first. */
export interface Field {
  readonly name: FieldName;
  readonly type: 'email' | 'text' | 'role' | 'amount';
  readonly required: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Source of a regular expression that the whole value must match. */
  readonly pattern?: string;
  /** The panel keeps it in lower case, as e-mails are everywhere, and so it is taken. */
  readonly lowerCase?: boolean;
}

/** Values by {@link Field} name; amounts as decimal text. */
export type FieldValues = Readonly<Partial<Record<FieldName, string>>>;

export interface BalanceChange {
  readonly before: Money;
  readonly after: Money;
}

/** A group that creates accounts. Throws `conflict` with `detail` `email` or `username` when that is taken. */
export interface CreateAbility {
  readonly traits: Traits & { readonly fields: readonly Field[] };
  create(values: FieldValues, change: Change): Promise<Account>;
}

/** A group that edits accounts. Only the fields given change. */
export interface EditAbility {
  readonly traits: Traits & { readonly fields: readonly Field[] };
  edit(accountId: string, values: FieldValues, change: Change): Promise<Account>;
}

/**
 * A group that keeps credits. Amounts are in `traits.unit` and above zero; `set` takes zero too. `leastRemoved`: less than that is never taken away
 * at once, neither by `remove` nor by `set`, which throw `rejected` with effect `none`.
 */
export interface CreditsAbility {
  readonly traits: Traits & { readonly unit: Unit; readonly by: 'panel' | 'house'; readonly leastRemoved?: Money };
  add(accountId: string, amount: Money, change: Change): Promise<BalanceChange>;
  /** Throws `rejected` with effect `none` and `detail` `balance` when the balance is smaller. */
  remove(accountId: string, amount: Money, change: Change): Promise<BalanceChange>;
  /** Throws `conflict` with effect `none` when the balance is not `expected` at the moment of writing, where the panel can tell. */
  set(accountId: string, balance: Money, expected: Money, change: Change): Promise<BalanceChange>;
}

export interface SuspensionAbility {
  /**
   * `reversible: false`: lifting does not bring back all that suspending took, and no timer may do it. `by: 'house'`: the panel suspends
   * servers only, and Steward does it to all that an account has; absent: the panel does it.
   */
  readonly traits: Traits & { readonly reversible: boolean; readonly by?: 'house' };
  suspend(accountId: string, reason: string, change: Change): Promise<Account>;
  unsuspend(accountId: string, change: Change): Promise<Account>;
}

export interface DeletionAbility {
  /** `soft: true`: the account can be brought back by the panel's `restoration`. */
  readonly traits: Traits & { readonly soft: boolean };
  /** What goes with the account, as plain sentences for the person who is about to press. */
  preview(accountId: string, call: Call): Promise<readonly string[]>;
  delete(accountId: string, change: Change): Promise<void>;
}

export interface RestorationAbility {
  readonly traits: Traits;
  /** Brings a deleted account back to the status it had before. */
  restore(accountId: string, status: 'active' | 'suspended', change: Change): Promise<Account>;
}

export interface RolesAbility {
  /** `several: false`: an account has exactly one role, and adding replaces it. */
  readonly traits: Traits & { readonly several: boolean };
  /** Names of the roles that can be given; the ones that make a panel administrator are marked. */
  choices(call: Call): Promise<readonly { readonly name: string; readonly administrator: boolean }[]>;
  /** Replaces all roles of the account. */
  set(accountId: string, roles: readonly string[], change: Change): Promise<Account>;
}

export interface VerificationAbility {
  readonly traits: Traits;
  verify(accountId: string, change: Change): Promise<Account>;
}

/** A group that gives accounts a new password. It is never stored by the caller, nor does the panel tell it to anybody. */
export interface PasswordAbility {
  readonly traits: Traits & { readonly minLength: number; readonly maxLength: number };
  set(accountId: string, password: string, change: Change): Promise<Account>;
}

/** A server that belongs to an account. */
export interface Server {
  /** Opaque to everyone but the panel's adapter, at most 64 characters. */
  readonly id: string;
  readonly name: string;
  readonly status: 'active' | 'suspended' | 'installing' | 'failed';
  /** Where its owner sees it, for a link; never fetched. Null where that is not known. */
  readonly url: string | null;
  /** What was bought, by its name. */
  readonly product: string | null;
  readonly createdAt: Date | null;
  readonly expiresAt: Date | null;
}

/** A group that knows the servers of accounts. `traits` are those of suspending and lifting a single one; absent where that cannot be done. */
export interface ServersAbility {
  /** All of them, in a stable order. @throws PanelError `forbidden` where the panel hides them from us: that is not to have none. */
  list(accountId: string, call: Call): Promise<readonly Server[]>;
  readonly suspension?: {
    readonly traits: Traits;
    /** Both leave a server that is so already as it is. */
    suspend(serverId: string, change: Change): Promise<void>;
    unsuspend(serverId: string, change: Change): Promise<void>;
  };
}

export interface LimitChange {
  readonly before: number;
  readonly after: number;
}

/** A group that says how many servers an account may have. Counts are whole numbers; those of `add` and `remove` above zero. */
export interface ServerLimitAbility {
  readonly traits: Traits & { readonly largest: number };
  add(accountId: string, count: number, change: Change): Promise<LimitChange>;
  /** Throws `rejected` with effect `none` and `detail` `limit` when the limit is smaller. */
  remove(accountId: string, count: number, change: Change): Promise<LimitChange>;
  /** Throws `conflict` with effect `none` when the limit is not `expected` at the moment of writing, where the panel can tell. */
  set(accountId: string, limit: number, expected: number, change: Change): Promise<LimitChange>;
}

/** A code that members exchange for credits at the panel. */
export interface Voucher {
  /** Opaque to everyone but the panel's adapter, at most 64 characters. */
  readonly id: string;
  readonly code: string;
  readonly credits: Money;
  /** How often it can be used in all, by different accounts. */
  readonly uses: number;
  /** How often it was; null where the panel does not say. */
  readonly used: number | null;
  readonly memo: string | null;
  readonly expiresAt: Date | null;
  readonly createdAt: Date | null;
}

export interface VoucherPage {
  readonly vouchers: readonly Voucher[];
  /** Pass to the next call; null on the last page. Opaque. */
  readonly next: string | null;
}

/** A group that keeps vouchers. Codes are unique, so that of one code there is never a second. */
export interface VouchersAbility {
  readonly traits: Traits & {
    readonly unit: Unit;
    readonly code: { readonly minLength: number; readonly maxLength: number; readonly pattern: string };
    readonly largestUses: number;
  };
  /** Throws `conflict` with effect `none` when there is one of this code. */
  create(voucher: Pick<Voucher, 'code' | 'credits' | 'uses' | 'memo' | 'expiresAt'>, change: Change): Promise<Voucher>;
  /** By its code, letter by letter. */
  find(code: string, call: Call): Promise<Voucher | null>;
  list(page: { readonly after: string | null; readonly limit: number }, call: Call): Promise<VoucherPage>;
  /** Nobody can use it from then on; what was drawn on it stays. One that there is not is no error. */
  revoke(voucherId: string, change: Change): Promise<void>;
}

/** A group that knows what accounts have paid. */
export interface PaymentsAbility {
  /** The latest first, at most this many. */
  list(accountId: string, limit: number, call: Call): Promise<readonly Payment[]>;
}

export interface Payment {
  readonly id: string;
  readonly at: Date | null;
  /** As the panel says it, a decimal. */
  readonly amount: string;
  /** ISO 4217, as far as the panel keeps to it. */
  readonly currency: string | null;
  readonly status: string;
  /** What was bought, by its name. */
  readonly product: string | null;
}

/** A group that holds Discord users beside accounts; read with them as `discordId`. */
export interface DiscordLinksAbility {
  /** True: the person proved it to the panel themself. False: it is what somebody wrote down there. */
  readonly proves: boolean;
  /** Accounts of this Discord user, exactly. Absent where the panel can only be read through for it: the directory knows then. */
  find?(userId: string, call: Call): Promise<readonly Account[]>;
  /** Writes a link down at the panel, or clears it with null. Absent where only its owner can. */
  readonly keeping?: {
    readonly traits: Traits;
    keep(accountId: string, userId: string | null, change: Change): Promise<Account>;
  };
}

/** Why somebody cannot log in, or does not find what they should. Whose mend is a command of Steward's, the services know by its code. */
export type FindingCode =
  | 'deleted'
  | 'suspended'
  | 'blocked'
  | 'unverified'
  | 'no_role'
  | 'two_factor'
  | 'half_created'
  | 'no_servers'
  | 'servers_suspended';

export interface Finding {
  readonly code: FindingCode;
  /** More of it as a plain sentence, where there is more to say. */
  readonly detail: string | null;
}

/** A group that knows more reasons why somebody cannot log in than an account shows. */
export interface DiagnosisAbility {
  diagnose(accountId: string, call: Call): Promise<readonly Finding[]>;
}

/** That a change with our reference happened, as a whole. */
export interface Receipt {
  /** Null for what is about no account. */
  readonly accountId: string | null;
}

/** Answers "did our change with this reference happen?"; present where any group's proof is `reference`. */
export interface ReceiptAbility {
  receipt(reference: string, call: Call): Promise<Receipt | null>;
  /**
   * As `receipt`, and where there is none makes sure that there never will be: a change with this reference that comes later is refused
   * with effect `none`. Present where the panel can; then nothing has to be waited for before it is asked.
   */
  annul?(reference: string, call: Call): Promise<Receipt | null>;
}

/** Brings a message to the owner of an account through the panel: by mail, or within it. */
export interface NotificationsAbility {
  readonly traits: Traits;
  notify(accountId: string, message: { readonly title: string; readonly text: string }, change: Change): Promise<void>;
}

export interface Abilities {
  readonly create?: CreateAbility;
  readonly edit?: EditAbility;
  readonly credits?: CreditsAbility;
  readonly suspension?: SuspensionAbility;
  readonly deletion?: DeletionAbility;
  readonly restoration?: RestorationAbility;
  readonly roles?: RolesAbility;
  readonly verification?: VerificationAbility;
  readonly receipts?: ReceiptAbility;
  readonly notifications?: NotificationsAbility;
  readonly password?: PasswordAbility;
  readonly servers?: ServersAbility;
  readonly serverLimit?: ServerLimitAbility;
  readonly vouchers?: VouchersAbility;
  readonly payments?: PaymentsAbility;
  readonly discordLinks?: DiscordLinksAbility;
  readonly diagnosis?: DiagnosisAbility;
}

/** Every ability by name. */
export const ABILITIES = [
  'create',
  'edit',
  'credits',
  'suspension',
  'deletion',
  'restoration',
  'roles',
  'verification',
  'receipts',
  'notifications',
  'password',
  'servers',
  'serverLimit',
  'vouchers',
  'payments',
  'discordLinks',
  'diagnosis',
] as const satisfies readonly (keyof Abilities)[];

export type Ability = (typeof ABILITIES)[number];

/** Exact look-ups; each at most a few hits. Comparison is byte for byte after lower-casing the e-mail. */
export type FindQuery =
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'username'; readonly username: string };

/** What a panel says of itself. */
export interface Probe {
  /** What it calls itself, such as `Pelican`: one kind of panel may be one of several products. */
  readonly product: string;
  /** Such as `1.2.0`; where the panel does not tell, what it can be told apart by, such as `1.2 or newer`. */
  readonly version: string;
  /** What its operator should know or mend, each a plain sentence: a right that our key lacks, a version that is only read. */
  readonly warnings: readonly string[];
}

/** How often a panel may be asked. */
export interface Rate {
  readonly perMinute: number;
  /** How many requests are left in this minute, as far as is known. */
  left(): number;
}

export interface AccountPage {
  readonly accounts: readonly Account[];
  /** Pass to the next call; null on the last page. Opaque. */
  readonly next: string | null;
  /** How many accounts there are in all; null where the panel does not say. */
  readonly total: number | null;
}

/**
 * What a panel can do may depend on its version, which is known once it was probed: abilities are asked for when they are needed, and never
 * remembered.
 */
export interface Panel extends Abilities {
  /** For ever the same: the store remembers rows by it. */
  readonly id: string;
  /** The kind of panel, such as `builtin`. */
  readonly kind: string;
  /** Where it is reached; null for a panel without an address. Remembered with the kind. */
  readonly address: string | null;
  /** What people call it. */
  readonly label: string;
  /** Null where it may be asked as often as we like. */
  readonly rate: Rate | null;
  /** Why abilities that other panels have are missing here, each as a plain sentence: "PUQcloud has no suspension." */
  readonly missing: Readonly<Partial<Record<Ability, string>>>;
  /**
   * What no panel of this kind has in any version, so that Steward may keep it in the panel's place: credits, and the suspension of accounts
   * where servers can be suspended. An ability that is absent for the moment is not borrowed.
   */
  readonly borrows?: { readonly credits?: true; readonly suspension?: true };
  /** Whether it answers with the rights we need; throws {@link PanelError} otherwise. */
  probe(call: Call): Promise<Probe>;
  find(query: FindQuery, call: Call): Promise<readonly Account[]>;
  /** Null when there is no such account; a soft-deleted one is returned with status `deleted`. */
  get(accountId: string, call: Call): Promise<Account | null>;
  list(page: { readonly after: string | null; readonly limit: number }, call: Call): Promise<AccountPage>;
}

/** How a panel is, as far as that is known. */
export interface PanelHealth {
  /** `unknown` until it was asked once; `down` while it does not answer, and is asked for nothing but whether it does again. */
  readonly state: 'unknown' | 'up' | 'down';
  /** Since when it is so. */
  readonly since: Date;
  /** What it said of itself when it last did; null when it never has. */
  readonly probe: Probe | null;
  /** When it was last asked for that, whether or not it answered. */
  readonly probedAt: Date | null;
  /** Of one that is down, how it failed; of one that is up, what it has against us, such as `unauthorized`. */
  readonly failure: PanelFailure | null;
  /** More of that in words for people, where it was asked just now and there is more to say. */
  readonly detail?: string | null;
}

/** The connected panels, in configured order. */
export interface Panels {
  readonly all: readonly Panel[];
  /** @throws Refusal `panel.unknown` */
  get(id: string): Panel;
  /** @throws Refusal `panel.unknown` */
  health(id: string): PanelHealth;
}

/** @throws Refusal `ability.missing`, which names the panel by its label. */
export function requireAbility<Name extends Ability>(panel: Panel, name: Name): NonNullable<Abilities[Name]> {
  const ability = panel[name];
  if (!ability) throw missingAbility(panel, name);
  return ability;
}

/** That a panel cannot do this, with the reason that it gives, if it gives one. */
export function missingAbility(panel: Panel, ability: Ability): Refusal {
  return refuse('ability.missing', { panel: panel.label, ability, reason: panel.missing[ability] ?? null });
}
