import type { Prefill, Request } from '../../src/discord/command.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { mention, type Text, untrusted } from '../../src/locales/text.ts';
import { readFormFacts } from '../../src/services/accounts/form-facts.ts';
import { named } from '../options/choices.ts';

/** A form that asks for a reason: the team's own to pick from, with the one preselected that this person gave last. */
export async function reasonPrefill(request: Request): Promise<Prefill> {
  const { account, lastReason } = await readFormFacts(request.ctx, request.target);
  const { reasons } = request.ctx.settings.current();
  const heading = headingOf(request, account?.username ?? null);
  return {
    values: lastReason !== null && reasons.includes(lastReason) ? { reason: lastReason } : {},
    choices: { reason: named(reasons) },
    ...(heading === null ? {} : { heading }),
  };
}

/** Whose account a form is about, so that nobody fills it in for the wrong one. */
export async function targetPrefill(request: Request): Promise<Prefill> {
  const { account } = await readFormFacts(request.ctx, request.target);
  const heading = headingOf(request, account?.username ?? null);
  return { values: {}, ...(heading === null ? {} : { heading }) };
}

function headingOf({ given }: Request, username: string | null): Text | null {
  const member = given.member === undefined ? null : mention(String(given.member));
  if (username !== null) return formWords.about(untrusted(username, 60), member);
  return member === null ? null : formWords.about(member, null);
}
