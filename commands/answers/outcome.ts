import type { Request } from '../../src/discord/command.ts';
import { type Account, formatReference } from '../../src/domain/account.ts';
import type { Creation } from '../../src/services/accounts/create.ts';
import type { Notified } from '../../src/services/accounts/notify.ts';
import type { NewPassword } from '../../src/services/accounts/password.ts';
import type { AccountChange } from '../../src/services/accounts/plan.ts';
import type { BalanceMove } from '../../src/services/credits/move.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import type { Outcome } from '../../src/services/operation.ts';
import type { OperationSummary } from '../../src/services/operations/summary.ts';
import { undoWindow } from '../../src/services/operations/undo-window.ts';
import type { LimitMove } from '../../src/services/server-limits/change.ts';
import type { ServerChange } from '../../src/services/servers/verb.ts';
import type { VoucherMade } from '../../src/services/vouchers/create.ts';
import type { RevocationInput } from '../../src/services/vouchers/revoke.ts';
import { type MaskedAccount, maskAccount } from '../../src/views/masked-account.ts';
import { notifiedView } from '../../src/views/notification.ts';
import {
  accountOutcome,
  askView,
  changedFields,
  creditsOutcome,
  type DoneFacts,
  limitOutcome,
  unknownView,
  waitingView,
} from '../../src/views/outcome.ts';
import { passwordOutcome } from '../../src/views/password.ts';
import { serversOutcome } from '../../src/views/servers.ts';
import type { OptionValues, View } from '../../src/views/view.ts';
import { voucherMadeView, voucherRevokedView } from '../../src/views/vouchers.ts';

/** The answer to a verb that changed or made an account. */
export function accountAnswer(request: Request, outcome: Outcome<AccountChange | Creation>): View {
  return answer(request, outcome, changedAccount);
}

/** The answer to a verb that moved credits. */
export function creditsAnswer(request: Request, outcome: Outcome<BalanceMove>): View {
  return answer(request, outcome, movedCredits);
}

/** The answer to a verb that changed how many servers an account may have. */
export function limitAnswer(request: Request, outcome: Outcome<LimitMove>): View {
  return answer(request, outcome, movedLimit);
}

/** The answer to a verb that suspended servers or lifted them. */
export function serversAnswer(request: Request, outcome: Outcome<ServerChange>): View {
  return answer(request, outcome, changedServers);
}

/** The answer to what took another operation back. */
export function undoAnswer(
  request: Request,
  outcome: Outcome<AccountChange | BalanceMove | LimitMove | ServerChange>,
): View {
  return answer(request, outcome, (operation, result) => {
    if ('delta' in result) return movedCredits(operation, result, request);
    if ('servers' in result) return changedServers(operation, result, request);
    return 'by' in result ? movedLimit(operation, result, request) : changedAccount(operation, result, request);
  });
}

/** The answer to a voucher that was made, which holds its code. */
export function voucherAnswer(request: Request, outcome: Outcome<VoucherMade>): View {
  return answer(request, outcome, voucherMadeView);
}

/** The answer to a voucher that was revoked. */
export function revocationAnswer(request: Request, outcome: Outcome<RevocationInput>): View {
  return answer(request, outcome, (operation, revoked) =>
    voucherRevokedView(operation, revoked, panelLabel(request, operation)),
  );
}

/** The answer to a new password, which is not in it. */
export function passwordAnswer(request: Request, outcome: Outcome<NewPassword>): View {
  return answer(request, outcome, (operation, { account, way }) =>
    passwordOutcome(doneOf(request, operation, account, null), way),
  );
}

/** The answer to a message that was sent. */
export function notifyAnswer(request: Request, outcome: Outcome<Notified>): View {
  return answer(request, outcome, (operation, { account, by }) =>
    notifiedView(doneOf(request, operation, account, null), by),
  );
}

type Done<Result> = (operation: OperationSummary, result: Result, request: Request) => View;

const changedAccount: Done<AccountChange | Creation> = (operation, result, request) => {
  const { before, account } = result;
  const changed = before === null ? [] : changedFields(before, account);
  const { servers = 0 } = account.details;
  return accountOutcome(doneOf(request, operation, account, undoOf(request, operation, changed)), {
    changed,
    linked: !('linked' in result) || result.linked || operation.memberId === null,
    serversStay: servers > 0 && isOneWay(request, account),
  });
};

const movedCredits: Done<BalanceMove> = (operation, move, request) =>
  creditsOutcome(doneOf(request, operation, move.account), move);

const movedLimit: Done<LimitMove> = (operation, move, request) =>
  limitOutcome(doneOf(request, operation, move.account), move);

const changedServers: Done<ServerChange> = (operation, { account, servers }, request) =>
  serversOutcome(doneOf(request, operation, account), servers);

/** Lifting a suspension there does not bring back all that it took. */
function isOneWay({ ctx }: Request, account: Account): boolean {
  return ctx.panels.get(account.panel).suspension?.traits.reversible === false;
}

function doneOf(
  request: Request,
  operation: OperationSummary,
  account: Account,
  undo: DoneFacts['undo'] = undoOf(request, operation, []),
): DoneFacts {
  const panelLabel = panelAmongSeveral(request.ctx, account.panel);
  return { operation, account: maskAccount(account), panelLabel, undo };
}

/** Whether what was done just now can be taken back, as its record will tell; answered as outcomes are. */
function undoOf({ ctx, place }: Request, operation: OperationSummary, changed: readonly string[]): DoneFacts['undo'] {
  const done = { operation: { ...operation, state: 'succeeded' }, endedAt: ctx.clock.now(), changed } as const;
  if (undoWindow(done, ctx.settings.current()) === null) return null;
  return place.staff ? 'public' : 'private';
}

function answer<Result>(request: Request, outcome: Outcome<Result>, done: Done<Result>): View {
  switch (outcome.kind) {
    case 'done':
      return done(outcome.operation, outcome.result, request);
    case 'unknown':
      return unknownView(outcome.operation, masked(outcome.account), panelLabel(request, outcome.operation));
    case 'waiting':
      return waitingView(outcome.operation, masked(outcome.account));
    case 'ask':
      return askView(outcome.repeat, {
        command: request.command,
        options: againOptions(request),
        answer: request.place.staff ? 'public' : 'private',
      });
  }
}

function masked(account: Account | null): MaskedAccount | null {
  return account && maskAccount(account);
}

/** What was given, with the account by its reference, so that it stays the same one. */
function againOptions({ given, target }: Request): OptionValues {
  if (target === null) return given;
  const { member: _, ...rest } = given;
  return { ...rest, account: formatReference(target) };
}

function panelLabel({ ctx }: Request, { panel: id }: OperationSummary): string {
  return ctx.panels.all.find((panel) => panel.id === id)?.label ?? id;
}
