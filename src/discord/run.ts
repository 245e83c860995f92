/** From an intent to what the person sees: where, who, which account, with what input; then the command itself. */
import { formatReference } from '../domain/account.ts';
import { Refusal, refuse } from '../domain/refusal.ts';
import { DISPATCH_WORDS } from '../locales/en/dispatch.ts';
import { formWords } from '../locales/en/forms.ts';
import { saveComponents } from '../services/components/save.ts';
import type { Context } from '../services/context.ts';
import { authorize } from '../services/policy/authorize.ts';
import { button, lines, noticeView } from '../views/parts.ts';
import type { OptionValues, View } from '../views/view.ts';
import type { Prefill, Progress, Request } from './command.ts';
import { customId, newComponentKey } from './custom-id.ts';
import { formFields, renderForm } from './forms.ts';
import { readInput } from './input.ts';
import { type Intent, plainAnswer, type StoredAction } from './intent.ts';
import type { Interaction } from './payload.ts';
import { missingOptions } from './registered.ts';
import type { Reply } from './replies.ts';
import { findTarget } from './target.ts';

/** One permitted intent, about to be carried out. */
export interface Run {
  readonly interaction: Interaction;
  readonly intent: Intent;
  readonly ctx: Context;
  readonly reply: Reply;
  /** Whether the channel is marked as staff's own. */
  readonly staffChannel: boolean;
}

/** Runs the command, or begins one that shows its progress. @throws Refusal */
export async function runCommand(run: Run): Promise<View | Progress> {
  const { registered, given } = run.intent;
  const found = await findTarget(run.ctx, run.intent);
  if (found.kind === 'ask') return found.view;
  if (onlyHiddenMissing(run.intent)) return continueView(run.intent);
  const input = readInput(registered, given);
  return registered.command.run(requestOf(run, found.target), input);
}

/**
 * Shows the command's form, or what the command shows in its place. What sending it does is stored before it is shown, and what it will
 * tell is decided in time for Discord's three seconds.
 *
 * @returns the view to be shown instead; null when the form is shown.
 * @throws Refusal
 */
export async function openForm(run: Run): Promise<View | null> {
  const { intent, reply, interaction } = run;
  const { registered, given } = intent;
  const target = await findTargetForForm(run);
  if (target.kind === 'ask') return target.view;
  await permitTarget(run, target.target);
  const filled = await registered.command.prefill?.(requestOf(run, target.target));
  if (filled && 'blocks' in filled) return filled;
  const prefill = withEffects(run, target.target, filled ?? { values: {} });
  const fields = formFields(registered, given, prefill, {
    again: intent.again,
    targetFound: target.target !== null,
  });
  // Discord takes no form without a field.
  if (fields.length === 0) throw refuse('press.unknown', {});
  const key = newComponentKey();
  const action = submission(run, target.target, prefill, fields);
  await saveComponents(run.ctx, {
    key,
    audience: { kind: 'user', userId: interaction.userId },
    actions: [action],
    origin: intent.origin,
  });
  const id = customId({ answer: action.answer, key, index: 0 });
  await reply.form(renderForm(registered, fields, { ...prefilled(prefill, intent), ...given }, prefill, id));
  return null;
}

/** Above the fields stands what the change brings with it in that panel, so that it is read before it is sent. */
function withEffects({ ctx, intent }: Run, target: Request['target'], prefill: Prefill): Prefill {
  const { ability } = intent.registered.command;
  const group = target && ability ? ctx.panels.get(target.panel)[ability] : undefined;
  if (!group || !('traits' in group) || group.traits.effects.length === 0) return prefill;
  const { heading = null } = prefill;
  return { ...prefill, heading: lines([heading, ...group.traits.effects.map(formWords.effect)]) };
}

/** What was emptied on purpose is not filled in again. */
function prefilled({ values }: Prefill, { emptied }: Intent): OptionValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !emptied.includes(name)));
}

/** A form tells of the account that it is about, so the right must be one on that account's panel. @throws Refusal `policy.denied` */
async function permitTarget({ intent, ctx }: Run, target: Request['target']): Promise<void> {
  const { permission } = intent.registered.command;
  if (permission && target) await authorize(ctx, permission, { panel: target.panel });
}

const NO_TARGET = { kind: 'found', target: null } as const;

/** A form may ask for the target itself, so one that is not named yet is no fault here, nor one that is to be corrected. */
async function findTargetForForm({ ctx, intent }: Run): ReturnType<typeof findTarget> {
  if (missingOptions(intent.registered, intent.given).includes('account')) return NO_TARGET;
  const finding = findTarget(ctx, intent, { directoryOnly: true });
  if (!intent.again) return finding;
  try {
    const found = await finding;
    return found.kind === 'found' ? found : NO_TARGET;
  } catch (error) {
    if (error instanceof Refusal) return NO_TARGET;
    throw error;
  }
}

/**
 * What sending the form does: the same command with what was known, what the prefill carries, and what will be filled in. The account that
 * the form is about is named beside the member by whom it was found, so that it is no other one when they are linked to another by then.
 */
function submission(
  { intent, staffChannel }: Run,
  target: Request['target'],
  prefill: Prefill,
  fields: readonly string[],
): StoredAction {
  const { registered, given } = intent;
  const carried = Object.entries(prefill.values).filter(([name]) => registered.options[name]?.type === 'hidden');
  return {
    command: registered.command.name,
    options: {
      ...given,
      ...(target ? { account: formatReference(target) } : {}),
      ...Object.fromEntries(carried),
    },
    answer: plainAnswer(registered, staffChannel),
    asked: fields,
    ...(intent.inherits ? { inherits: true } : {}),
    ...(intent.press ? { press: { key: intent.press.key, group: intent.press.group } } : {}),
  };
}

function requestOf({ interaction, intent, ctx, staffChannel }: Run, target: Request['target']): Request {
  return {
    command: intent.registered.command.name,
    ctx,
    given: intent.given,
    place: {
      kind: interaction.guildId === null ? 'dm' : 'guild',
      channelId: interaction.channelId,
      staff: staffChannel,
    },
    interactionId: interaction.id,
    target,
  };
}

/** A form that asked for the target could not be filled in from it yet, and no form may follow a form. */
function onlyHiddenMissing({ registered, given }: Intent): boolean {
  const missing = missingOptions(registered, given);
  return missing.length > 0 && missing.every((name) => registered.options[name]?.type === 'hidden');
}

function continueView({ registered, given }: Intent): View {
  if (!registered.command.prefill) throw refuse('press.unknown', {});
  const action = { command: registered.command.name, options: given, answer: 'form' as const };
  return noticeView('neutral', DISPATCH_WORDS.continueInForm, [button(DISPATCH_WORDS.send, action, 'primary')]);
}
