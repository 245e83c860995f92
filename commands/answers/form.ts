import type { Prefill, Request } from '../../src/discord/command.ts';
import type { Verb } from '../../src/domain/operation.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { mention, type Text, untrusted } from '../../src/locales/text.ts';
import { readFormFacts } from '../../src/services/accounts/form-facts.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { named } from '../options/choices.ts';

/** Reasons are remembered by what they were given for: credits, suspending, deleting. */
const VERBS: readonly (readonly Verb[])[] = [
  ['credits.grant', 'credits.deduct', 'credits.set'],
  ['account.suspend', 'account.unsuspend', 'server.suspend'],
  ['account.delete', 'account.schedule_deletion'],
  ['limit.add', 'limit.remove', 'limit.set'],
];

/**
 * A form that asks for a reason for this verb: the team's own to pick from, with the one preselected that this person gave last for
 * anything like it.
 */
export function reasonPrefill(verb: Verb): (request: Request) => Promise<Prefill> {
  const alike = VERBS.find((verbs) => verbs.includes(verb)) ?? [verb];
  return async (request) => {
    const { account, lastReason } = await readFormFacts(request.ctx, request.target, alike);
    const heading = headingOf(request, account?.username ?? null);
    const choices = named(choicesWith(lastReason, request.ctx.settings.current().reasons));
    const last = choices.find(({ value }) => value === lastReason);
    return {
      values: last ? { reason: last.value } : {},
      choices: { reason: choices },
      ...(heading === null ? {} : { heading }),
    };
  };
}

/** A reason in one's own words comes back as a choice the next time; Discord shows 25. */
function choicesWith(lastReason: string | null, reasons: readonly string[]): readonly string[] {
  return [...new Set(lastReason === null ? reasons : [...reasons.slice(0, 24), lastReason])].slice(0, 25);
}

/** Whose account a form is about, so that nobody fills it in for the wrong one. */
export async function targetPrefill(request: Request): Promise<Prefill> {
  const { account } = await readFormFacts(request.ctx, request.target);
  const heading = headingOf(request, account?.username ?? null);
  return { values: {}, ...(heading === null ? {} : { heading }) };
}

function headingOf({ ctx, given, target }: Request, username: string | null): Text | null {
  const member = given.member === undefined ? null : mention(String(given.member));
  const panel = target && panelAmongSeveral(ctx, target.panel);
  if (username !== null) return formWords.about(untrusted(username, 60), member, panel);
  return member === null ? null : formWords.about(member, null);
}
