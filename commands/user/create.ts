import { z } from 'zod';
import { command, type Prefill, type Request } from '../../src/discord/command.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { mention } from '../../src/locales/text.ts';
import { createAccount } from '../../src/services/accounts/create.ts';
import type { Context } from '../../src/services/context.ts';
import { panelAmongSeveral } from '../../src/services/directory/scope.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import type { View } from '../../src/views/view.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { chosenPanel, type PanelChoice } from '../answers/panel.ts';
import { amount } from '../options/amount.ts';
import { accountFields, fieldValuesOf, optionOf } from '../options/fields.ts';
import { panel } from '../options/panel.ts';
import { optionalRole } from '../options/role.ts';

export default command({
  name: 'user create',
  description: 'Create an account',
  permission: 'accounts.create',
  ability: 'create',
  scope: 'staff',
  answer: 'outcome',
  formTitle: 'Create an account',
  options: {
    email: { ...accountFields.email, schema: z.string().max(254), required: true },
    username: { ...accountFields.username, schema: z.string().max(100), required: true },
    name: accountFields.name,
    first_name: accountFields.first_name,
    last_name: accountFields.last_name,
    language: accountFields.language,
    role: { ...optionalRole, field: 'role', offered: true, placeholder: 'Left empty: the panel’s own choice' },
    credits: {
      ...amount,
      field: 'credits',
      description: 'Credits to start with',
      label: 'Credits to start with',
      placeholder: '0',
      schema: z.string().max(40).optional(),
      required: false,
      offered: true,
    },
    member: {
      type: 'user',
      description: 'The member whose account it is: they are linked at once',
      label: 'Member',
      schema: z.string().optional(),
      required: false,
    },
    panel,
  },
  prefill,
  run: async (request, { member, panel: _, ...values }) => {
    const chosen = choose(request);
    if ('view' in chosen) return chosen.view;
    const outcome = await createAccount(request.ctx, {
      panel: chosen.panel,
      values: fieldValuesOf(values),
      memberId: member ?? null,
    });
    return accountAnswer(request, outcome);
  },
});

/** With several panels and none named, the panel is asked first: a form cannot change while it is open. */
const choose = (request: Request): PanelChoice => chosenPanel(request, 'create', 'accounts.create', 'form');

/** The inputs of a form: five, or four below a line that says whose account it will be. */
const INPUTS = 5;

async function prefill(request: Request): Promise<Prefill | View> {
  const chosen = choose(request);
  if ('view' in chosen) return chosen.view;
  const { ctx, given } = request;
  const heading =
    given.member === undefined
      ? null
      : formWords.about(mention(String(given.member)), null, panelAmongSeveral(ctx, chosen.panel));
  // What the panel needs goes first, then what was given and may have to be corrected.
  const need = ({ option, required }: { option: string; required: boolean }) =>
    required ? 0 : given[option] === undefined ? 2 : 1;
  const fields = (ctx.panels.get(chosen.panel).create?.traits.fields ?? [])
    .map(({ name, required }) => ({ option: optionOf(name), required }))
    .filter(({ option }) => mayFillIn(ctx, option, chosen.panel))
    .toSorted((one, other) => need(one) - need(other))
    .map(({ option }) => option);
  const open = fields.filter((option) => given[option] === undefined).slice(0, heading ? INPUTS - 1 : INPUTS);
  return {
    values: {},
    fields: fields.filter((option) => given[option] !== undefined || open.includes(option)),
    ...(heading ? { heading } : {}),
  };
}

/** A field that the person may not fill in is not asked. */
function mayFillIn(ctx: Context, option: string, panel: string): boolean {
  if (option === 'role') return allowed(ctx, 'accounts.roles', panel);
  return option !== 'credits' || allowed(ctx, 'credits.grant', panel);
}
