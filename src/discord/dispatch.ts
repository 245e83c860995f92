/**
 * One interaction's way through: what is asked → the acknowledgement → who → may they → the command → the answer. Everything that
 * people do comes in here, and every run ends here, in one named status, with an answer.
 */
import type { APIInteraction } from 'discord-api-types/v10';
import { type AccountReference, formatReference } from '../domain/account.ts';
import type { RunStatus } from '../domain/operation.ts';
import { DISPATCH_WORDS } from '../locales/en/dispatch.ts';
import { AnsweredElsewhere } from '../services/operation.ts';
import { heardDirectly } from '../services/people/reach.ts';
import { ShownElsewhere } from '../services/secrets/show.ts';
import { noticeView } from '../views/parts.ts';
import type { OptionValues } from '../views/view.ts';
import { type BucketLimits, createBuckets } from './buckets.ts';
import {
  type ActProgress,
  beginProgress,
  type CompletionProgress,
  carryOut,
  complete,
  deliveryOf,
  finishAnswer,
  postpone,
  type RunParts,
} from './carry-out.ts';
import { deliver, deliverAside, Undelivered } from './deliver.ts';
import { isExpired } from './discord-error.ts';
import { explainFailure } from './failures.ts';
import type { FinishOwed } from './owed.ts';
import { type Interaction, readInteraction } from './payload.ts';
import { createRedeliveryFilter } from './redelivery.ts';
import type { Registered } from './registered.ts';
import { type Acknowledge, type AnswerRoutes, Reply } from './replies.ts';
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

export interface DispatchParts extends Omit<RunParts, 'welcome' | 'stopping'> {
  readonly routes: AnswerRoutes;
  readonly limits: BucketLimits;
  readonly observe: (observation: Observation) => void;
}

export interface Dispatch {
  /** Takes whatever Discord sent; resolves when it is answered, refusals and failures too. Rejects only what is no interaction. */
  onInteraction(payload: APIInteraction, acknowledge: Acknowledge): Promise<void>;
  /** Gives an answer that another process left behind. */
  finish: FinishOwed;
  /** Takes nothing new, and waits for what runs. False when some of it still ran after `timeoutMs`. */
  drain(timeoutMs: number): Promise<boolean>;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { services, registry } = parts;
  const stopping = new AbortController();
  const run: RunParts = { ...parts, welcome: createWelcome(), stopping: stopping.signal };
  const buckets = createBuckets(parts.limits);
  const redelivery = createRedeliveryFilter();
  const running = new Set<Promise<void>>();

  async function handle(interaction: Interaction, acknowledge: Acknowledge): Promise<void> {
    const startedAt = performance.now();
    const reply = new Reply(interaction, acknowledge, parts.routes);
    const progress = beginProgress(interaction, reply) as Progress;
    const status = await conclude(progress, () => begin(progress));
    const { acknowledgedAt } = reply;
    parts.observe({
      kind: interaction.kind,
      command: progress.intent?.registered.command.name ?? 'unknown',
      status,
      acknowledgeMs: acknowledgedAt === null ? null : acknowledgedAt - startedAt,
      answerMs: performance.now() - startedAt,
    });
  }

  /** Whoever writes to the bot can be written to. */
  function hearDirectly(userId: string): void {
    heardDirectly(services, userId).catch((error: unknown) =>
      services.log.warn({ error }, 'it could not be kept that somebody can be reached'),
    );
  }

  /** The one place where anything thrown ends: as a sentence for the person, and what is ours to mend in the log. */
  async function conclude(progress: Progress, work: () => Promise<RunStatus>): Promise<RunStatus> {
    try {
      return await work();
    } catch (error) {
      return await explain(progress, error);
    } finally {
      progress.owing?.settle();
    }
  }

  async function explain(progress: Progress, error: unknown): Promise<RunStatus> {
    const { interaction, intent, ctx } = progress;
    const command = intent?.registered.command.name ?? null;
    if (error instanceof AnsweredElsewhere && intent && !isCompletion(progress)) {
      await postpone(run, progress, `${intent.origin}:0`);
      return 'waiting';
    }
    if (error instanceof Undelivered && !isCompletion(progress)) {
      services.log.warn({ interactionId: interaction.id, command, error }, 'an answer could not be delivered yet');
      await postpone(run, progress, null);
      return 'waiting';
    }
    if (error instanceof ShownElsewhere) return 'done';
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
      else await deliverAside(deliveryOf(run, progress), failure.view);
    } catch (unanswered) {
      if (unanswered instanceof Undelivered && !isCompletion(progress)) await postpone(run, progress, null);
      services.log.warn(
        { interactionId: interaction.id, command, error: unanswered },
        'a person could not be answered',
      );
      return isExpired(unanswered) ? 'expired' : 'failed';
    }
    return failure.status;
  }

  async function begin(progress: Progress): Promise<RunStatus> {
    const { interaction, reply } = progress;
    if (isCompletion(progress)) {
      const registered = registry.find(progress.interaction.name);
      if (registered && !stopping.signal.aborted && buckets.complete(interaction.userId))
        return complete(run, progress, registered);
      await reply.choices([]);
      return 'refused';
    }
    if (stopping.signal.aborted) {
      await deliver(deliveryOf(run, progress), noticeView('warning', DISPATCH_WORDS.stopping));
      return 'refused';
    }
    const end = buckets.act(interaction.userId);
    try {
      return await carryOut(run, progress);
    } finally {
      end();
    }
  }

  return {
    async onInteraction(payload, acknowledge) {
      const interaction = readInteraction(payload);
      if (!interaction || !redelivery.isFirst(interaction.id)) return;
      if (interaction.guildId === null) hearDirectly(interaction.userId);
      const handled = handle(interaction, acknowledge).finally(() => running.delete(handled));
      running.add(handled);
      await handled;
    },
    async finish({ interaction, deferral, command, given, intent }, operation) {
      const reply = new Reply(interaction, unacknowledgeable, parts.routes, deferral);
      const progress = beginProgress(interaction, reply);
      const registered = registry.find(command);
      await conclude(progress, async () => {
        if (registered) progress.intent = { ...intent, registered, given };
        if (operation !== null && registered) {
          const meant = aboutAccount(registered, given, operation.target);
          return finishAnswer(run, progress, { ...intent, registered, given: meant });
        }
        await deliverAside(deliveryOf(run, progress), noticeView('warning', DISPATCH_WORDS.askAgain));
        return 'failed';
      });
      return !progress.postponed;
    },
    async drain(timeoutMs) {
      stopping.abort();
      const { promise: late, resolve } = Promise.withResolvers<false>();
      const timer = setTimeout(() => resolve(false), timeoutMs);
      const drained = await Promise.race([Promise.all(running).then(() => true), late]);
      clearTimeout(timer);
      return drained;
    },
  };
}

type Progress = ActProgress | CompletionProgress;

function isCompletion(progress: Progress): progress is CompletionProgress {
  return progress.interaction.kind === 'complete';
}

/** What another process acknowledged is not acknowledged again. */
function unacknowledgeable(): Promise<never> {
  return Promise.reject(new Error('the answer was acknowledged by another process'));
}

/** What was given, with the account that the operation was about: the same one, whoever is linked to it by now. */
function aboutAccount({ target }: Registered, given: OptionValues, account: AccountReference | null): OptionValues {
  if (target.length === 0 || account === null) return given;
  const { member, ...rest } = given;
  const kept = target.includes('member') || member === undefined ? rest : { ...rest, member };
  return { ...kept, account: formatReference(account) };
}
