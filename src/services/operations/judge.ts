import type { Account } from '../../domain/account.ts';
import { CREDIT_VERBS, type SettledBy } from '../../domain/operation.ts';
import { type PanelFailure, Refusal } from '../../domain/refusal.ts';
import type { Panel, Receipt } from '../../panels/panel.ts';
import { look } from '../accounts/load.ts';
import type { Services } from '../context.ts';
import type { Doubt } from './record.ts';
import type { StoredOperation } from './stored.ts';
import type { AnyVerb, Seen, Work } from './verb.ts';
import { verbOf } from './verbs.ts';

/** What can be said of an `unknown` operation by looking. */
export type Verdict =
  | {
      readonly kind: 'happened';
      readonly by: SettledBy;
      /** The account as it is now; null where it is gone, could not be read, or there is none that it is about. */
      readonly now: Account | null;
      /** What it came to, where that is known exactly. */
      readonly result?: unknown;
    }
  | { readonly kind: 'not'; readonly by: SettledBy }
  /** It is half done, and going on does no harm. */
  | { readonly kind: 'resume' }
  /** A person has to say. */
  | { readonly kind: 'ask'; readonly doubt: Doubt }
  /** Nothing can be read now. */
  | { readonly kind: 'later' };

/** @throws Refusal while the panel cannot be read */
export async function judge(services: Services, stored: StoredOperation): Promise<Verdict> {
  const panel = services.panels.all.find(({ id }) => id === stored.panel);
  if (!panel) return { kind: 'later' };
  const verb = verbOf(stored.operation.verb);
  const work: Work<object> = { panel, before: stored.before, input: stored.input };
  if (verb.asksPanel?.(work) === false) return byIntent(await accountNow(services, verb, work, stored));
  if (stored.late) return byLateOutcome(services, verb, work, stored);
  const traits = traitsOf(verb, panel);
  if (!traits) return { kind: 'ask', doubt: { why: 'unclear' } };
  const half = await halfDone(services, stored);
  // What can be gone on with is not ruled out for good.
  const receipt = traits.proof === 'reference' ? await receiptOf(services, panel, stored, half === null) : 'none';
  if (receipt !== 'none' && receipt !== 'absent') return byReceipt(services, verb, work, receipt);
  if (half) return half;
  if (receipt === 'absent') return { kind: 'not', by: 'reference' };
  if (verb.seen) return bySight(await seenNow(services, verb, work), traits.proof === 'state');
  const now = await accountNow(services, verb, work, stored);
  return CREDIT_VERBS.has(verb.verb)
    ? byBalance(stored, now, traits.by === 'house')
    : byState(verb, work, now, traits.proof === 'state');
}

/** It was stated, and nothing is asked of the panel but that there is such an account. */
function byIntent(now: Account | null): Verdict {
  return now && now.status !== 'deleted' ? { kind: 'happened', by: 'state', now } : { kind: 'not', by: 'state' };
}

async function byReceipt(
  services: Services,
  verb: AnyVerb,
  work: Work<object>,
  { accountId }: Receipt,
): Promise<Verdict> {
  if (accountId !== null)
    return { kind: 'happened', by: 'reference', now: await accountById(services, work.panel, accountId) };
  const seen = await seenNow(services, verb, work);
  return { kind: 'happened', by: 'reference', now: null, ...(seen?.happened ? { result: seen.result } : {}) };
}

/** Null where the panel cannot do this any more. */
function traitsOf(verb: AnyVerb, panel: Panel): ReturnType<AnyVerb['traits']> | null {
  try {
    return verb.traits(panel);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'ability.missing') return null;
    throw error;
  }
}

/** Whoever worked on it came back and said how it ended, after it was taken over. */
async function byLateOutcome(
  services: Services,
  verb: AnyVerb,
  work: Work<object>,
  stored: StoredOperation,
): Promise<Verdict> {
  if (stored.late?.state !== 'succeeded') return { kind: 'not', by: 'late' };
  const accountId = verb.account(stored.late.result)?.id ?? null;
  const now = accountId === null ? null : await accountById(services, work.panel, accountId);
  return { kind: 'happened', by: 'late', now, ...(now ? {} : { result: stored.late.result }) };
}

/** `absent`: the panel has no receipt; with `forGood` there never will be one. `none`: it keeps no receipts. */
async function receiptOf(
  services: Services,
  panel: Panel,
  { key }: StoredOperation,
  forGood: boolean,
): Promise<Receipt | 'absent' | 'none'> {
  const { receipts } = panel;
  if (!receipts) return 'none';
  const ask = (forGood ? receipts.annul : undefined) ?? receipts.receipt;
  return (await look(services, panel, (call) => ask.call(receipts, key, call))) ?? 'absent';
}

interface StepRow {
  name: string;
  state: 'pending' | 'succeeded' | 'failed' | 'unknown';
  repeatable: boolean;
  /** Going on was tried, or has been for long, and there is no use in it. */
  useless: boolean;
}

/** What will be said again by a panel that has said it twice. */
const LASTING: readonly PanelFailure[] = [
  'rejected',
  'conflict',
  'forbidden',
  'unauthorized',
  'not_found',
  'unsupported_version',
];

/** What to do with an operation of several steps that has begun; null for one that has not, or has none. */
async function halfDone(
  { store: { sql } }: Services,
  { operation: { number } }: StoredOperation,
): Promise<Verdict | null> {
  const steps = await sql<StepRow[]>`
    select name, operation_steps.state, repeatable,
      coalesce((select max(at) from approvals where operation = number), created_at) < now() - interval '1 hour'
      or (settle_attempts > 0 and coalesce(failure = any(${LASTING as string[]}::text[]), false)) as useless
    from operation_steps join operations on operations.number = operation
    where operation = ${number} order by position`;
  const [first] = steps;
  const open = steps.find(({ state }) => state !== 'succeeded');
  if (!first || (open === first && open.state === 'failed')) return null;
  const mayGoOn = !open || open.state === 'failed' || open.repeatable;
  if (mayGoOn && !first.useless) return { kind: 'resume' };
  const done = steps.filter(({ state }) => state === 'succeeded').map(({ name }) => name);
  return { kind: 'ask', doubt: { why: 'steps', done, open: open?.name ?? '' } };
}

function byBalance({ operation: { delta }, before }: StoredOperation, now: Account | null, alone: boolean): Verdict {
  const was = before?.balance;
  if (!delta || !was) return { kind: 'ask', doubt: { why: 'unclear' } };
  const expectedMinor = was.minor + delta.minor;
  const seenMinor = now?.balance?.minor ?? null;
  if (alone && seenMinor === expectedMinor) return { kind: 'happened', by: 'balance', now };
  if (alone && seenMinor === was.minor) return { kind: 'not', by: 'balance' };
  return { kind: 'ask', doubt: { why: 'balance', beforeMinor: was.minor, expectedMinor, seenMinor } };
}

function byState(verb: AnyVerb, work: Work<object>, now: Account | null, proves: boolean): Verdict {
  const shown = proves ? (verb.shows?.(work, now) ?? null) : null;
  if (shown === null) return { kind: 'ask', doubt: verb.hint?.(work, now) ?? { why: 'unclear' } };
  return shown ? { kind: 'happened', by: 'state', now } : { kind: 'not', by: 'state' };
}

function bySight(seen: Seen<unknown>, proves: boolean): Verdict {
  if (!proves || seen === null) return { kind: 'ask', doubt: { why: 'unclear' } };
  return seen.happened
    ? { kind: 'happened', by: 'state', now: null, result: seen.result }
    : { kind: 'not', by: 'state' };
}

/** As the verb itself looks for it; null where it has no way of its own. */
export async function seenNow(services: Services, verb: AnyVerb, work: Work<object>): Promise<Seen<unknown>> {
  const { seen } = verb;
  return seen ? look(services, work.panel, (call) => seen.call(verb, work, call)) : null;
}

export async function accountNow(
  services: Services,
  verb: AnyVerb,
  work: Work<object>,
  { accountId }: StoredOperation,
): Promise<Account | null> {
  const { locate } = verb;
  if (locate) return look(services, work.panel, (call) => locate.call(verb, work, call));
  return accountId === null ? null : accountById(services, work.panel, accountId);
}

function accountById(services: Services, panel: Panel, accountId: string): Promise<Account | null> {
  return look(services, panel, (call) => panel.get(accountId, call));
}
