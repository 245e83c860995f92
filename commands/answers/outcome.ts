import type { Request } from '../../src/discord/command.ts';
import { type AccountReference, formatReference } from '../../src/domain/account.ts';
import type { Verb } from '../../src/domain/operation.ts';
import type { Creation } from '../../src/services/accounts/create.ts';
import type { Notified } from '../../src/services/accounts/notify.ts';
import type { AccountChange } from '../../src/services/accounts/plan.ts';
import type { BalanceMove } from '../../src/services/credits/move.ts';
import type { Outcome } from '../../src/services/operation.ts';
import type { OperationSummary } from '../../src/services/operations/summary.ts';
import { undoWindow } from '../../src/services/operations/undo-window.ts';
import { maskAccount } from '../../src/views/masked-account.ts';
import { notifiedView } from '../../src/views/notification.ts';
import {
  accountOutcome,
  askView,
  changedFields,
  creditsOutcome,
  unknownView,
  waitingView,
} from '../../src/views/outcome.ts';
import type { OptionValues, View } from '../../src/views/view.ts';

/** The answer to a verb that changed or made an account. */
export function accountAnswer(request: Request, verb: Verb, outcome: Outcome<AccountChange | Creation>): View {
  return answer(request, verb, outcome, (operation, result) => {
    const { before, account } = result;
    const changed = before === null ? [] : changedFields(before, account);
    return accountOutcome(
      { operation, account: maskAccount(account), undoable: isUndoable(request, operation, changed) },
      { changed, linked: !('linked' in result) || result.linked || operation.memberId === null },
    );
  });
}

/** The answer to a verb that moved credits. */
export function creditsAnswer(request: Request, verb: Verb, outcome: Outcome<BalanceMove>): View {
  return answer(request, verb, outcome, (operation, move) =>
    creditsOutcome(
      { operation, account: maskAccount(move.account), undoable: isUndoable(request, operation, []) },
      move,
    ),
  );
}

/** The answer to what took another operation back. */
export function undoAnswer(request: Request, outcome: Outcome<AccountChange | BalanceMove>): View {
  if (outcome.kind !== 'done') return answer(request, 'credits.deduct', outcome, neverDone);
  const { operation, result } = outcome;
  return 'delta' in result
    ? creditsAnswer(request, operation.verb, { ...outcome, result })
    : accountAnswer(request, operation.verb, { ...outcome, result });
}

/** The answer to a message that was sent. */
export function notifyAnswer(request: Request, outcome: Outcome<Notified>): View {
  return answer(request, 'account.notify', outcome, (operation, { account, by }) =>
    notifiedView({ operation, account: maskAccount(account), undoable: false }, by),
  );
}

/** What was done just now, as the record will tell of it. */
function isUndoable({ ctx }: Request, operation: OperationSummary, changed: readonly string[]): boolean {
  const done = { operation: { ...operation, state: 'succeeded' }, endedAt: ctx.clock.now(), changed } as const;
  return undoWindow(done, ctx.settings.current()) !== null;
}

function neverDone(): never {
  throw new Error('what was done is answered as what it was');
}

function answer<Result>(
  request: Request,
  verb: Verb,
  outcome: Outcome<Result>,
  done: (operation: OperationSummary, result: Result) => View<'masked'>,
): View {
  switch (outcome.kind) {
    case 'done':
      return done(outcome.operation, outcome.result);
    case 'unknown':
      return unknownView(outcome.operation, panelLabel(request, outcome.operation.target));
    case 'waiting':
      return waitingView(outcome.operation);
    case 'ask':
      return askView(outcome.repeat, {
        command: request.command,
        options: againOptions(request),
        answer: request.place.staff ? 'public' : 'private',
        verb,
      });
  }
}

/** What was given, with the account by its reference, so that it stays the same one. */
function againOptions({ given, target }: Request): OptionValues {
  if (target === null) return given;
  const { member: _, ...rest } = given;
  return { ...rest, account: formatReference(target) };
}

function panelLabel({ ctx, target }: Request, ofOperation: AccountReference | null): string {
  const id = (ofOperation ?? target)?.panel;
  return ctx.panels.all.find((panel) => panel.id === id)?.label ?? ctx.panels.all[0]?.label ?? '';
}
