/** From whatever was thrown to what the person reads, and what the log keeps. */
import { randomBytes } from 'node:crypto';
import type { RunStatus } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import { Refusal, type RefusalCode } from '../domain/refusal.ts';
import { DISPATCH_WORDS } from '../locales/en/dispatch.ts';
import type { Context } from '../services/context.ts';
import { allowed } from '../services/policy/authorize.ts';
import { noticeView } from '../views/parts.ts';
import { failureView, refusalView } from '../views/refusal.ts';
import { unlinkedView } from '../views/unlinked.ts';
import type { Invocation, View } from '../views/view.ts';
import type { Intent } from './intent.ts';
import { TooSlow } from './replies.ts';

export interface Failure {
  readonly view: View;
  readonly status: RunStatus;
  /** Finds the log's entry; null where there is nothing for the log. */
  readonly reference: string | null;
}

/** What a person can mend by typing something else. */
const CORRECTABLE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'amount.malformed',
  'amount.too_fine',
  'amount.too_large',
  'amount.zero',
  'input.invalid',
  'reason.missing',
  'operation.none',
  'amendment.empty',
  'file.too_large',
  'file.gone',
  'target.missing',
  'target.unknown',
  'target.disagree',
  'account.taken',
  'account.confirmation_differs',
  'role.unknown',
  'credits.insufficient',
  'policy.over_act',
  'policy.over_day',
  'policy.over_target',
]);

/** `intent` and `ctx` are null when it failed before they were known. */
export function explainFailure(error: unknown, intent: Intent | null, ctx: Context | null): Failure {
  if (error instanceof Refusal) return { view: explainRefusal(error, intent, ctx), status: 'refused', reference: null };
  if (error instanceof TooSlow) {
    return { view: noticeView('warning', DISPATCH_WORDS.tooSlow), status: 'failed', reference: null };
  }
  const reference = randomBytes(4).toString('hex');
  return { view: failureView(reference), status: 'failed', reference };
}

function explainRefusal(refusal: Refusal, intent: Intent | null, ctx: Context | null): View {
  if (isUnlinked(refusal) && ctx) {
    return unlinkedView({
      ...refusal.parameters,
      mayLink: mayNow(ctx, 'links.manage'),
      mayCreate: mayNow(ctx, 'accounts.create'),
    });
  }
  return refusalView(refusal, intent ? correction(refusal, intent) : undefined);
}

/** The policy may have aged since the run began: what cannot be asked is not offered, and the person is answered all the same. */
function mayNow(ctx: Context, permission: Permission): boolean {
  try {
    return allowed(ctx, permission);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function isUnlinked(refusal: Refusal): refusal is Refusal<'target.unlinked'> {
  return refusal.code === 'target.unlinked';
}

/** The same command as a form, filled in with what was given. */
function correction(refusal: Refusal, { registered, given, inherits, emptied }: Intent): Invocation | undefined {
  if (!CORRECTABLE.has(refusal.code) || registered.asks.length === 0) return undefined;
  return {
    command: registered.command.name,
    options: given,
    answer: 'form',
    again: true,
    ...(emptied.length > 0 ? { emptied } : {}),
    ...(inherits ? { inherits } : {}),
  };
}
