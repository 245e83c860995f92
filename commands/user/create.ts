import { z } from 'zod';
import { command, type Prefill, type Request } from '../../src/discord/command.ts';
import { formWords } from '../../src/locales/en/forms.ts';
import { mention } from '../../src/locales/text.ts';
import { createAccount } from '../../src/services/accounts/create.ts';
import type { Context } from '../../src/services/context.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { choosePanelView } from '../../src/views/choose-panel.ts';
import type { View } from '../../src/views/view.ts';
import { accountAnswer } from '../answers/outcome.ts';
import { amount } from '../options/amount.ts';
import { accountFields } from '../options/fields.ts';
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
    role: { ...optionalRole, offered: true, placeholder: 'Left empty: the panel’s own choice' },
    credits: {
      ...amount,
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
  run: async (request, { member, panel: panelId, ...values }) => {
    const { ctx, given } = request;
    if (asksPanel(ctx, given)) return choosePanelView(request.command, given, ctx.panels.all);
    const outcome = await createAccount(ctx, {
      panel: panelId ?? null,
      values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
      memberId: member ?? null,
    });
    return accountAnswer(request, outcome);
  },
});

/** With several panels and none named, the panel is asked first: a form cannot change while it is open. */
const asksPanel = (ctx: Context, given: Request['given']) => given.panel === undefined && ctx.panels.all.length > 1;

async function prefill({ ctx, given, command: name }: Request): Promise<Prefill | View> {
  if (asksPanel(ctx, given)) return choosePanelView(name, given, ctx.panels.all);
  const chosen = given.panel === undefined ? ctx.panels.all[0] : ctx.panels.get(String(given.panel));
  return {
    values: {},
    fields: chosen?.create?.traits.fields.map(({ name }) => name).filter((field) => isAsked(ctx, given, field)) ?? [],
    ...(given.member === undefined ? {} : { heading: formWords.about(mention(String(given.member)), null) }),
  };
}

/** A field that the person may not fill in is not asked. Credits give way to the line that says whose account it will be. */
function isAsked(ctx: Context, given: Request['given'], field: string): boolean {
  if (field === 'role') return allowed(ctx, 'accounts.roles');
  if (field !== 'credits') return true;
  return allowed(ctx, 'credits.grant') && (given.member === undefined || given.credits !== undefined);
}
