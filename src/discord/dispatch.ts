/**
 * One interaction's way through: what is asked → the acknowledgement → who → may they → the command → the answer. Everything that
 * people do comes in here, and every run ends here, in one named status, with an answer.
 */
import type { APIInteraction } from 'discord-api-types/v10';
import type { RunStatus } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import { DISPATCH_WORDS } from '../locales/en/dispatch.ts';
import type { AbandonedAnswer } from '../services/answers/adopt.ts';
import { type Context, createContext, type Services } from '../services/context.ts';
import { AnsweredElsewhere } from '../services/operation.ts';
import { noticeView } from '../views/parts.ts';
import { fetchActor, statedActor } from './actor.ts';
import { type BucketLimits, createBuckets } from './buckets.ts';
import { completeOption } from './complete.ts';
import { type Delivery, deliver, deliverAside, deliverMore } from './deliver.ts';
import { isExpired } from './discord-error.ts';
import { explainFailure } from './failures.ts';
import { type Intent, pressedIntent, statedIntent } from './intent.ts';
import type { OwedAnswers, OwedRun, Owing } from './owed.ts';
import { type CompleteInteraction, type Interaction, readInteraction } from './payload.ts';
import { permitActor, permitPlace } from './permit.ts';
import { createRedeliveryFilter } from './redelivery.ts';
import type { Registry } from './registry.ts';
import { type Acknowledge, type AnswerRoutes, Reply } from './replies.ts';
import { openForm, type Run, runCommand } from './run.ts';
import { createWelcome } from './welcome.ts';

/** How one run went, for the metrics. */
export interface Observation {
  readonly kind: Interaction['kind'];
  /** Name of the command; `unknown` when it ended before that was clear. */
  readonly command: string;
  readonly status: RunStatus;
  /** From the arrival until Discord had taken the first answer; null when it never did. */
  readonly acknowledgeMs: number | null;
  /** From the arrival until the last answer was given. */
  readonly answerMs: number;
}

export interface DispatchParts {
  readonly services: Services;
  readonly registry: Registry;
  readonly routes: AnswerRoutes;
  readonly owed: OwedAnswers;
  readonly guildIds: readonly string[];
  readonly limits: BucketLimits;
  /** Throws where an answer passes Discord's limits, as tests want it. */
  readonly strict: boolean;
  readonly observe: (observation: Observation) => void;
}

export interface Dispatch {
  /** Takes whatever Discord sent; resolves when it is answered, refusals and failures too. Rejects only what is no interaction. */
  onInteraction(payload: APIInteraction, acknowledge: Acknowledge): Promise<void>;
  /** Gives an answer that another process left behind. */
  finish(run: OwedRun, operation: AbandonedAnswer['operation']): Promise<void>;
  /** Takes nothing new, and waits for what runs. False when some of it still ran after `timeoutMs`. */
  drain(timeoutMs: number): Promise<boolean>;
}

/** What is known of a run so far; filled in on the way, so that its end can tell how far it came. */
interface Progress {
  readonly interaction: Interaction;
  readonly reply: Reply;
  intent: Intent | null;
  ctx: Context | null;
  owing: Owing | null;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { services, registry, owed } = parts;
  const buckets = createBuckets(parts.limits);
  const redelivery = createRedeliveryFilter();
  const welcome = createWelcome();
  const running = new Set<Promise<void>>();
  let draining = false;

  async function handle(interaction: Interaction, acknowledge: Acknowledge): Promise<void> {
    const startedAt = performance.now();
    const reply = new Reply(interaction, acknowledge, parts.routes);
    const progress: Progress = { interaction, reply, intent: null, ctx: null, owing: null };
    const status = await conclude(progress, () =>
      interaction.kind === 'complete' ? complete(interaction, progress) : act(interaction, progress),
    );
    const { acknowledgedAt } = reply;
    parts.observe({
      kind: interaction.kind,
      command: progress.intent?.registered.command.name ?? 'unknown',
      status,
      acknowledgeMs: acknowledgedAt === null ? null : acknowledgedAt - startedAt,
      answerMs: performance.now() - startedAt,
    });
  }

  /** The one place where anything thrown ends: as a sentence for the person, and what is ours to mend in the log. */
  async function conclude(progress: Progress, run: () => Promise<RunStatus>): Promise<RunStatus> {
    try {
      return await run();
    } catch (error) {
      return await explain(progress, error);
    } finally {
      progress.owing?.settle();
    }
  }

  async function explain(progress: Progress, error: unknown): Promise<RunStatus> {
    const { interaction, intent, ctx } = progress;
    const command = intent?.registered.command.name ?? null;
    if (error instanceof AnsweredElsewhere && intent) {
      await progress.owing?.postpone(`${intent.origin}:0`);
      return 'waiting';
    }
    if (isExpired(error)) {
      services.log.warn({ interactionId: interaction.id, command }, 'an answer came too late for Discord');
      return 'expired';
    }
    const failure = explainFailure(error, intent, ctx);
    if (failure.reference) {
      const { reference } = failure;
      services.log.error({ reference, interactionId: interaction.id, command, error }, 'a run failed');
    }
    try {
      if (interaction.kind === 'complete') await progress.reply.choices([]);
      else await deliverAside(deliveryOf(progress), failure.view);
    } catch (unanswered) {
      services.log.warn(
        { interactionId: interaction.id, command, error: unanswered },
        'a person could not be answered',
      );
      return isExpired(unanswered) ? 'expired' : 'failed';
    }
    return failure.status;
  }

  function deliveryOf({ reply, interaction, intent }: Progress): Delivery {
    const { strict } = parts;
    return { services, reply, userId: interaction.userId, origin: intent?.origin ?? interaction.id, strict };
  }

  async function complete(interaction: CompleteInteraction, progress: Progress): Promise<RunStatus> {
    const { reply } = progress;
    const registered = registry.find(interaction.name);
    if (draining || !registered || !buckets.complete(interaction.userId)) {
      await reply.choices([]);
      return 'refused';
    }
    const { command } = registered;
    permitPlace(command, interaction, parts.guildIds);
    const permissions = command.permission ? [command.permission] : [];
    const actor = await actorOf(progress, permissions);
    const ctx = createContext(services, { actor, origin: interaction.id });
    permitActor(ctx, permissions);
    await reply.choices(await reply.inTime(completeOption(ctx, registered, interaction)));
    return 'done';
  }

  async function act(interaction: Exclude<Interaction, CompleteInteraction>, progress: Progress): Promise<RunStatus> {
    if (draining) {
      await deliver(deliveryOf(progress), noticeView('warning', DISPATCH_WORDS.stopping));
      return 'refused';
    }
    const end = buckets.act(interaction.userId);
    try {
      progress.intent = await intentOf(interaction, progress.reply);
      return await carryOut(progress, progress.intent);
    } finally {
      end();
    }
  }

  /** A press says in its id how it is answered, so it is acknowledged before what it means is looked up. */
  async function intentOf(interaction: Exclude<Interaction, CompleteInteraction>, reply: Reply): Promise<Intent> {
    if (interaction.kind === 'command') {
      return statedIntent(interaction, registry, isStaffChannel(interaction.channelId));
    }
    const { reference } = interaction;
    if (reference && reference.answer !== 'form') await reply.defer(reference.answer);
    return reply.inTime(pressedIntent(interaction, services, registry));
  }

  async function carryOut(progress: Progress, intent: Intent): Promise<RunStatus> {
    const { interaction, reply } = progress;
    const { command } = intent.registered;
    permitPlace(command, interaction, parts.guildIds);
    const permissions = [intent.audience, command.permission].filter((permission) => permission !== null);
    const ctx = contextOf(progress, intent, await actorOf(progress, permissions));
    progress.ctx = ctx;
    permitActor(ctx, permissions);
    const run: Run = { interaction, intent, ctx, reply, staffChannel: isStaffChannel(interaction.channelId) };
    if (intent.answer === 'form') {
      const instead = await reply.inTime(openForm(run));
      if (!instead) return 'waiting';
      await deliver(deliveryOf(progress), instead);
      return instead.status ?? 'done';
    }
    await reply.defer(intent.answer);
    progress.owing ??= owed.owing(owedRun(progress, intent));
    const view = await runCommand(run);
    await deliver(deliveryOf(progress), view);
    const more = await welcome(ctx);
    if (more) await deliverMore(deliveryOf(progress), more);
    return view.status ?? 'done';
  }

  /** Away from the home guild its roles are asked for, but only where they decide something. */
  async function actorOf(
    { interaction, reply, intent }: Progress,
    permissions: readonly Permission[],
  ): Promise<Context['actor']> {
    if (permissions.length === 0 || interaction.guildId === services.homeGuildId) return statedActor(interaction);
    if (intent && intent.answer !== 'form') await reply.defer(intent.answer);
    return reply.inTime(fetchActor(interaction, services.members));
  }

  function contextOf(progress: Progress, intent: Intent, actor: Context['actor']): Context {
    return createContext(services, {
      actor,
      origin: intent.origin,
      press: intent.press,
      confirmed: intent.inherits,
      owe: (transaction, key) => progress.owing?.keep(transaction, key) ?? Promise.resolve(),
    });
  }

  function isStaffChannel(channelId: string): boolean {
    return services.settings.current().staffChannelIds.includes(channelId);
  }

  return {
    async onInteraction(payload, acknowledge) {
      const interaction = readInteraction(payload);
      if (!interaction || !redelivery.isFirst(interaction.id)) return;
      const run = handle(interaction, acknowledge).finally(() => running.delete(run));
      running.add(run);
      await run;
    },
    async finish(run, operation) {
      const { interaction, deferral } = run;
      const reply = new Reply(interaction, unacknowledgeable, parts.routes, deferral);
      const registered = registry.find(run.command);
      const progress: Progress = { interaction, reply, intent: null, ctx: null, owing: null };
      await conclude(progress, async () => {
        // Its operation has ended, so running it again finds what came of it, by its key, and does nothing twice.
        if (operation !== null && registered) {
          progress.intent = { ...run.intent, registered, given: run.given };
          return carryOut(progress, progress.intent);
        }
        await deliverAside(deliveryOf(progress), noticeView('warning', DISPATCH_WORDS.askAgain));
        return 'failed';
      });
    },
    async drain(timeoutMs) {
      draining = true;
      const { promise: late, resolve } = Promise.withResolvers<false>();
      const timer = setTimeout(() => resolve(false), timeoutMs);
      const drained = await Promise.race([Promise.all(running).then(() => true), late]);
      clearTimeout(timer);
      return drained;
    },
  };
}

function owedRun({ interaction, reply }: Progress, intent: Intent): OwedRun {
  const { registered, given, answer, again, origin, press, inherits, audience } = intent;
  return {
    deferral: reply.deferral ?? 'private',
    interaction,
    command: registered.command.name,
    given,
    intent: { answer, again, origin, press, inherits, audience },
  };
}

/** What another process acknowledged is not acknowledged again. */
function unacknowledgeable(): Promise<never> {
  return Promise.reject(new Error('the answer was acknowledged by another process'));
}
