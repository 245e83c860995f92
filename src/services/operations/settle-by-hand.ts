import type { Account } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { brokenConstraint } from '../../store/constraint.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { AnsweredElsewhere } from '../operation.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { targetFacts } from '../policy/facts.ts';
import { conclude } from './conclude.ts';
import { correct } from './correct.ts';
import { accountNow, seenNow } from './judge.ts';
import { goOn, takeLease } from './settle.ts';
import { readStored, type StoredOperation } from './stored.ts';
import { verbOf } from './verbs.ts';

/** What a person says of an operation that reading did not settle. `again`: it did not happen, and is carried out now. */
export const SAID_OUTCOMES = ['happened', 'not', 'again'] as const;

export type SaidOutcome = (typeof SAID_OUTCOMES)[number];

/**
 * Settles an operation by what a person says: one that they are asked about. Never by who did it, unless they are an owner, nor by whose
 * account it is. What came of it is read from the operation's record.
 *
 * @throws Refusal the policy's, `operation.none`, `operation.settling`, `operation.settled`, `operation.own`, `operation.busy`
 */
export async function settleByHand(ctx: Context, input: { number: number; outcome: SaidOutcome }): Promise<void> {
  const { number, outcome } = input;
  const stored = await readStored(ctx.store.sql, number);
  if (!stored) throw refuse('operation.none', { number });
  await permit(ctx, stored);
  const { state } = stored.operation;
  if (!stored.doubted) {
    throw state === 'unknown'
      ? refuse('operation.settling', { number })
      : refuse('operation.settled', { number, state });
  }
  if (state === 'unknown') return settleUnknown(ctx, stored, outcome);
  // Two answers came: there is nothing to try again.
  if (outcome === 'again') throw refuse('operation.settled', { number, state });
  await settleContradiction(ctx, stored, outcome);
}

async function settleContradiction(
  ctx: Context,
  stored: StoredOperation,
  outcome: Exclude<SaidOutcome, 'again'>,
): Promise<void> {
  const { number, verb, state, memberId, actorId } = stored.operation;
  const happened = outcome === 'happened';
  try {
    await ctx.store.sql.begin(async (transaction) => {
      await recordSaid(ctx, transaction, stored, outcome);
      await correct(ctx, transaction, stored, happened);
    });
  } catch (error) {
    throw brokenConstraint(error) === 'operations_leased' ? refuse('operation.busy', { number }) : error;
  }
  if (happened && state === 'failed' && stored.late?.state === 'succeeded')
    await verbOf(verb).afterwards?.(ctx, { memberId, actorId }, stored.late.result);
}

async function settleUnknown(ctx: Context, stored: StoredOperation, outcome: SaidOutcome): Promise<void> {
  const { number } = stored.operation;
  const found = outcome === 'happened' ? await readFound(ctx, stored) : { now: null };
  const lease = await takeLease(ctx, number, async (transaction) => {
    await requireDoubt(transaction, number);
    await recordSaid(ctx, transaction, stored, outcome);
  });
  if (!lease) throw refuse('operation.busy', { number });
  await ctx.at('settle:after');
  // What came in between is the truth, whoever says what: it is looked at first.
  if (outcome === 'again') await goOn(ctx, stored, lease, 'person');
  else
    await conclude(
      ctx,
      stored,
      lease,
      outcome === 'happened' ? { kind: outcome, by: 'person', ...found } : { kind: outcome, by: 'person' },
    );
}

/** Somebody else may have said it since, or whoever had worked on it have come back. @throws Refusal `operation.settling` */
async function requireDoubt(transaction: Transaction, number: number): Promise<void> {
  const rows = await transaction`
    select from operations where number = ${number} and doubt is not null and late_outcome is null`;
  if (rows.length === 0) throw refuse('operation.settling', { number });
}

/** Rights are asked with the transaction's eyes in {@link recordSaid}; here is what they do not tell. */
async function permit(ctx: Context, { operation, panel, before }: StoredOperation): Promise<void> {
  await authorize(ctx, 'operations.settle', { panel });
  const settler = actorId(ctx.actor);
  if (ctx.ownerIds.includes(settler)) return;
  if (settler === operation.actorId || settler === operation.memberId) throw refuse('operation.own', {});
  if (before && (await targetFacts(ctx, before)).oneself) throw refuse('operation.own', {});
}

async function recordSaid(
  ctx: Context,
  transaction: Transaction,
  { operation: { number, memberId }, panel, accountId }: StoredOperation,
  outcome: SaidOutcome,
): Promise<void> {
  await authorizeNow(ctx, transaction, 'operations.settle', panel);
  await consumePress(ctx, transaction);
  if (!(await isFirstTime(ctx, 'operation.settle', transaction))) throw new AnsweredElsewhere();
  await recordAudit(transaction, {
    actorId: actorId(ctx.actor),
    action: 'operation.settle',
    outcome: 'succeeded',
    ...{ panel, accountId, memberId, operation: number },
    facts: { outcome },
  });
}

/** What can be seen of what a person says has happened: the account, or what came of what is about none. */
async function readFound(
  ctx: Context,
  stored: StoredOperation,
): Promise<{ readonly now: Account | null; readonly result?: unknown }> {
  const { before, input, panel, operation } = stored;
  const verb = verbOf(operation.verb);
  if (!verb.seen) return { now: await readAccount(ctx, stored) };
  const seen = await seenNow(ctx, verb, { panel: ctx.panels.get(panel), before, input }).catch(ignoreRefusal);
  return { now: null, ...(seen?.happened ? { result: seen.result } : {}) };
}

/** Nobody has to wait for a panel that cannot be read. */
function ignoreRefusal(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}

/**
 * The account as it is now; null where its panel cannot be read, for which nobody has to wait.
 *
 * @throws Refusal for a new account that cannot be found: nothing could be said of it.
 */
async function readAccount(ctx: Context, stored: StoredOperation): Promise<Account | null> {
  const { before, input, accountId } = stored;
  const work = { panel: ctx.panels.get(stored.panel), before, input };
  try {
    const now = await accountNow(ctx, verbOf(stored.operation.verb), work, stored);
    if (now || accountId !== null) return now;
    throw refuse('target.unknown', { text: '' });
  } catch (error) {
    if (error instanceof Refusal && accountId !== null) return null;
    throw error;
  }
}
