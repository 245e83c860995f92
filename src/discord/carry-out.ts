/** From an interaction to its answer, as far as all goes well: what is meant, whether it may be, and what the command says. */
import type { RunStatus } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import { type Context, createContext, type Services } from '../services/context.ts';
import { fetchActor, statedActor } from './actor.ts';
import { completeOption } from './complete.ts';
import { type Delivery, deliver, deliverMore } from './deliver.ts';
import { type Intent, pressedIntent, statedIntent } from './intent.ts';
import type { OwedAnswers, OwedRun, Owing } from './owed.ts';
import type { OwnMessages } from './own-messages.ts';
import type { ActInteraction, CompleteInteraction, Interaction } from './payload.ts';
import { permitActor, permitPlace } from './permit.ts';
import { isProgress, lastView, type ProgressTiming } from './progress.ts';
import type { Registered } from './registered.ts';
import type { Registry } from './registry.ts';
import type { Reply } from './replies.ts';
import { openForm, type Run, runCommand } from './run.ts';
import type { Welcome } from './welcome.ts';

/** What every run works with. */
export interface RunParts {
  readonly services: Services;
  readonly registry: Registry;
  readonly owed: OwedAnswers;
  readonly messages: OwnMessages;
  readonly guildIds: readonly string[];
  readonly welcome: Welcome;
  readonly progressTiming: ProgressTiming;
  /** Aborts when the process is about to stop. */
  readonly stopping: AbortSignal;
  /** Throws where an answer passes Discord's limits, as tests want it. */
  readonly strict: boolean;
}

/** What is known of a run so far; filled in on the way, so that its end can tell how far it came. */
export interface Progress<Kind extends Interaction = Interaction> {
  readonly interaction: Kind;
  readonly reply: Reply;
  intent: Intent | null;
  ctx: Context | null;
  owing: Owing | null;
  /** The answer is given later, by whoever looks then for what is owed. */
  postponed: boolean;
}

export type CompletionProgress = Progress<CompleteInteraction>;
export type ActProgress = Progress<ActInteraction>;

export function beginProgress<Kind extends Interaction>(interaction: Kind, reply: Reply): Progress<Kind> {
  return { interaction, reply, intent: null, ctx: null, owing: null, postponed: false };
}

export function deliveryOf(
  { services, messages, strict }: RunParts,
  { reply, interaction, intent }: Progress,
): Delivery {
  return {
    services,
    messages,
    reply,
    strict,
    interactionId: interaction.id,
    userId: interaction.userId,
    guildChannelId: interaction.guildId === null ? null : interaction.channelId,
    origin: intent?.origin ?? interaction.id,
  };
}

/** Leaves an answer to be given when what stands in its way is over; `operationKey` names the operation that is waited for, if it is one. */
export async function postpone(parts: RunParts, progress: ActProgress, operationKey: string | null): Promise<void> {
  const { intent } = progress;
  if (!intent) return;
  progress.owing ??= parts.owed.owing(owedRun(progress, intent));
  progress.postponed = true;
  await progress.owing.postpone(operationKey);
}

/** Offers choices for what is being typed. @throws Refusal to whoever may not run the command: choices would tell what there is. */
export async function complete(
  parts: RunParts,
  progress: CompletionProgress,
  registered: Registered,
): Promise<RunStatus> {
  const { interaction, reply } = progress;
  const { command } = registered;
  permitPlace(command, interaction, parts.guildIds);
  const permissions = command.permission ? [command.permission] : [];
  const actor = await actorOf(parts, progress, permissions);
  const ctx = createContext(parts.services, { actor, origin: interaction.id });
  permitActor(ctx, permissions);
  await reply.choices(await reply.inTime(completeOption(ctx, registered, interaction)));
  return 'done';
}

/** @throws Refusal, and whatever a command throws */
export async function carryOut(parts: RunParts, progress: ActProgress): Promise<RunStatus> {
  const intent = await intentOf(parts, progress);
  progress.intent = intent;
  const { command } = intent.registered;
  permitPlace(command, progress.interaction, parts.guildIds);
  const permissions = [intent.audience, command.permission].filter((permission) => permission !== null);
  const ctx = contextOf(parts, progress, intent, await actorOf(parts, progress, permissions));
  permitActor(ctx, permissions);
  return intent.answer === 'form'
    ? showForm(parts, progress, runOf(parts, progress, intent, ctx))
    : answer(parts, progress, intent, ctx);
}

/**
 * Runs once more what another process ran: its operation has ended, so what came of it is found by its key, and nothing is done twice.
 * Whether it might be done now is not asked again, for it has been done.
 */
export async function finishAnswer(parts: RunParts, progress: ActProgress, intent: Intent): Promise<RunStatus> {
  progress.intent = intent;
  const actor = await actorOf(
    parts,
    progress,
    intent.registered.command.permission ? [intent.registered.command.permission] : [],
  );
  return answer(parts, progress, intent, contextOf(parts, progress, intent, actor));
}

/** A press says in its id how it is answered, so it is acknowledged before what it means is looked up. */
async function intentOf(parts: RunParts, { interaction, reply }: ActProgress): Promise<Intent> {
  const { services, registry } = parts;
  if (interaction.kind === 'command') return statedIntent(interaction, registry, isStaffChannel(parts, interaction));
  const { reference } = interaction;
  if (reference && reference.answer !== 'form') await reply.defer(reference.answer);
  return reply.inTime(pressedIntent(interaction, services, registry));
}

async function showForm(parts: RunParts, progress: ActProgress, run: Run): Promise<RunStatus> {
  const instead = await progress.reply.inTime(openForm(run));
  if (!instead) return 'waiting';
  await deliver(deliveryOf(parts, progress), instead);
  return instead.status ?? 'done';
}

async function answer(parts: RunParts, progress: ActProgress, intent: Intent, ctx: Context): Promise<RunStatus> {
  const { reply } = progress;
  if (intent.answer !== 'form') await reply.defer(intent.answer);
  progress.owing = parts.owed.owing(owedRun(progress, intent));
  const begun = await runCommand(runOf(parts, progress, intent, ctx));
  const view = isProgress(begun) ? await lastView(deliveryOf(parts, progress), begun, parts) : begun;
  if ((await deliver(deliveryOf(parts, progress), view)) === 'late') return 'expired';
  const more = await parts.welcome(ctx);
  if (more) await deliverMore(deliveryOf(parts, progress), more);
  return view.status ?? 'done';
}

function runOf(parts: RunParts, { interaction, reply }: ActProgress, intent: Intent, ctx: Context): Run {
  return { interaction, intent, ctx, reply, staffChannel: isStaffChannel(parts, interaction) };
}

/** Who acts. Where that decides something, the policy is made sure of; away from the home guild its roles are asked for. */
async function actorOf(
  { services }: RunParts,
  { interaction, reply, intent }: Progress,
  permissions: readonly Permission[],
): Promise<Context['actor']> {
  if (permissions.length === 0) return statedActor(interaction);
  await reply.inTime(confirmPolicy(services));
  if (interaction.guildId === services.homeGuildId) return statedActor(interaction);
  if (intent && intent.answer !== 'form') await reply.defer(intent.answer);
  return reply.inTime(fetchActor(interaction, services.members));
}

/**
 * Nothing while the policy in memory is fresh, as it nearly always is. A busy machine may have let it age, and then a moment's wait is
 * better than a refusal for nothing; one that cannot be confirmed refuses when it is asked.
 */
function confirmPolicy({ policy }: Services): Promise<void> {
  return policy.fresh().catch(() => undefined);
}

function contextOf({ services }: RunParts, progress: ActProgress, intent: Intent, actor: Context['actor']): Context {
  const ctx = createContext(services, {
    actor,
    origin: intent.origin,
    press: intent.press,
    confirmed: intent.inherits,
    owe: (transaction, key) => progress.owing?.keep(transaction, key) ?? Promise.resolve(),
  });
  progress.ctx = ctx;
  return ctx;
}

function isStaffChannel({ services }: RunParts, { channelId }: Interaction): boolean {
  return services.settings.current().staffChannelIds.includes(channelId);
}

function owedRun({ interaction, reply }: ActProgress, intent: Intent): OwedRun {
  const { registered, given, answer: kind, again, origin, press, inherits, emptied, audience } = intent;
  return {
    deferral: reply.deferral ?? 'private',
    interaction,
    command: registered.command.name,
    given,
    intent: { answer: kind, again, origin, press, inherits, emptied, audience },
  };
}
