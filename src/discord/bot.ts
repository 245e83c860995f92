/** The bot on Discord: registers its commands, takes interactions from the gateway, and answers them. */
import { randomUUID } from 'node:crypto';
import type { REST } from '@discordjs/rest';
import { type APIApplication, Routes } from 'discord-api-types/v10';
import type { Services } from '../services/context.ts';
import { BUCKET_LIMITS, type BucketLimits } from './buckets.ts';
import { createDispatch, type Observation } from './dispatch.ts';
import { createAnswerClient } from './gateway/answers.ts';
import { connectGateway } from './gateway/gateway.ts';
import { apiBase } from './gateway/rest.ts';
import type { HomeMembers } from './members.ts';
import { createOwedAnswers, OWED_TIMING, type OwedTiming } from './owed.ts';
import { createOwnMessages } from './own-messages.ts';
import { PROGRESS_TIMING, type ProgressTiming } from './progress.ts';
import { circumstancesOf } from './registered.ts';
import { registerCommands } from './registration.ts';
import { type Catalogue, createRegistry } from './registry.ts';

export interface BotOptions {
  readonly services: Services;
  readonly catalogue: Catalogue;
  readonly rest: REST;
  /** The same as the services'. */
  readonly members: HomeMembers;
  readonly token: string;
  /** Base of Discord's API; null for Discord's own. */
  readonly apiUrl: string | null;
  /** The guilds served, the first is home. */
  readonly guildIds: readonly string[];
  /** Seals what is kept of answers that are still owed. */
  readonly secretKey: string;
  readonly observe: (observation: Observation) => void;
  readonly limits?: BucketLimits;
  readonly owedTiming?: OwedTiming;
  readonly progressTiming?: ProgressTiming;
  /** Throws where an answer passes Discord's limits, as tests want it. */
  readonly strict?: boolean;
}

export interface Bot {
  /** Whether Discord is connected. */
  connected(): Promise<boolean>;
  /** Takes nothing new, lets what runs end for up to `timeoutMs`, and leaves. */
  stop(timeoutMs: number): Promise<void>;
}

/** Resolves when interactions are taken. @throws Error for a malformed registry, before anything is told to Discord. */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { services, rest, guildIds, token } = options;
  const { log } = services;
  const registry = createRegistry(options.catalogue, circumstancesOf(services.panels));
  const application = (await rest.get(Routes.currentApplication())) as APIApplication;
  const written = await registerCommands(rest, registry, { applicationId: application.id, guildIds });
  log.info({ routes: written.length }, written.length > 0 ? 'commands were registered' : 'commands are as registered');

  const answers = createAnswerClient(apiBase(options.apiUrl));
  const owed = createOwedAnswers(services, {
    secretKey: options.secretKey,
    owner: randomUUID(),
    timing: options.owedTiming ?? OWED_TIMING,
  });
  const dispatch = createDispatch({
    services,
    registry,
    owed,
    guildIds,
    routes: answers,
    messages: createOwnMessages(rest),
    limits: options.limits ?? BUCKET_LIMITS,
    progressTiming: options.progressTiming ?? PROGRESS_TIMING,
    strict: options.strict ?? false,
    observe: options.observe,
  });
  const gateway = await connectGateway({
    rest,
    token,
    log,
    async onInteraction(payload) {
      const ticket = { id: payload.id, token: payload.token, applicationId: payload.application_id };
      try {
        options.members.hear(payload);
        await dispatch.onInteraction(payload, (response, files) => answers.callback(ticket, response, files));
      } catch (error) {
        log.error({ error }, 'what Discord sent could not be read');
      }
    },
  });
  owed.watch(dispatch.finish);

  return {
    connected: () => gateway.connected(),
    async stop(timeoutMs) {
      const until = performance.now() + timeoutMs;
      const drained = await dispatch.drain(timeoutMs);
      if (!drained) log.warn('some answers were still owed at the end, and are left to the next start');
      await gateway.close();
      await owed.stop(Math.max(until - performance.now(), 0));
      await answers.close();
    },
  };
}
