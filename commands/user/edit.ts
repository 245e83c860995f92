import { z } from 'zod';
import { accountCommand, type Request } from '../../src/discord/command.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { untrusted } from '../../src/locales/text.ts';
import { editAccount } from '../../src/services/accounts/edit.ts';
import { readFormFacts } from '../../src/services/accounts/form-facts.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { accountFields, fieldValuesOf, inForm, optionOf } from '../options/fields.ts';

const FIELDS = ['email', 'username', 'name', 'firstName', 'lastName', 'language'] as const;

/** The values that the form was filled in with: an account that has others by now is not changed. */
const expected = {
  type: 'hidden',
  description: 'The values that the form was filled in with',
  label: 'Values before',
  schema: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.partialRecord(z.enum(FIELDS), z.string())),
  required: true,
} as const;

export default accountCommand({
  name: 'user edit',
  description: 'Edit an account in a form that is filled in',
  permission: 'accounts.edit',
  ability: 'edit',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Edit an account',
  options: { ...inForm(accountFields), expected },
  prefill,
  run: async (request, { expected: before, ...values }) =>
    accountAnswer(
      request,
      await editAccount(request.ctx, {
        target: request.target,
        values: filledIn(before, fieldValuesOf(values)),
        expected: before,
      }),
    ),
});

/** The fields that the panel can change; the e-mail only for those who may change it, because the form shows it whole. */
async function prefill(request: Request) {
  const { ctx } = request;
  const { target } = request;
  const { account } = await readFormFacts(ctx, target);
  if (target === null) return { values: {}, fields: ['member', 'account'] };
  if (account === null) throw refuse('target.unknown', { text: '' });
  const panel = panelAmongSeveral(ctx, target.panel);
  const editable = ctx.panels.get(target.panel).edit?.traits.fields.map(({ name }) => name) ?? [];
  const fields = FIELDS.filter(
    (field) => editable.includes(field) && (field !== 'email' || allowed(ctx, 'accounts.email', target.panel)),
  );
  const values = Object.fromEntries(fields.map((field) => [field, account.values[field] ?? '']));
  const filled = Object.fromEntries(fields.map((field) => [optionOf(field), values[field] ?? '']));
  return {
    // A form that is corrected still rests on what stood in it first.
    values: { ...filled, expected: String(request.given.expected ?? JSON.stringify(values)) },
    fields: fields.map(optionOf),
    heading: formWords.about(untrusted(account.username, 60), null, panel),
    about: panel === null ? account.username : `${account.username} · ${panel}`,
  };
}

type Values = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/** What the form asked, and no more; a field that comes back empty was emptied. */
function filledIn(before: Values, values: Values): Values {
  return Object.fromEntries(FIELDS.filter((field) => field in before).map((field) => [field, values[field] ?? '']));
}
