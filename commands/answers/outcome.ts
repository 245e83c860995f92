import type { Request } from '../../src/discord/command.ts';
import { type AccountReference, formatReference } from '../../src/domain/account.ts';
import type { Verb } from '../../src/domain/operation.ts';
import type { Creation } from '../../src/services/accounts/create.ts';
import type { AccountChange } from '../../src/services/accounts/plan.ts';
import type { BalanceMove } from '../../src/services/credits/move.ts';
import type { Outcome } from '../../src/services/operation.ts';
import type { OperationSummary } from '../../src/services/operations/summary.ts';
import { maskAccount } from '../../src/views/masked-account.ts';
import { accountOutcome, askView, changedFields, creditsOutcome, unknownView, waitingView } from '../../src/views/outcome.ts';
import type { OptionValues, View } from '../../src/views/view.ts';

/** The answer to a verb that changed or made an account. */
export function accountAnswer(request: Request, verb: Verb, outcome: Outcome<AccountChange | Creation>): View {
  return answer(request, verb, outcome, (operation, result) => {
    const { before, account } = result;
    return accountOutcome(
      { operation, account: maskAccount(account) },
      {
        changed: before === null ? [] : changedFields(before, account),
        linked: !('linked' in result) || result.linked || operation.memberId === null,
      },
    );
  });
}

/** The answer to a verb that moved credits. */
export function creditsAnswer(request: Request, verb: Verb, outcome: Outcome<BalanceMove>): View {
  return answer(request, verb, outcome, (operation, move) =>
    creditsOutcome({ operation, account: maskAccount(move.account) }, move),
  );
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
