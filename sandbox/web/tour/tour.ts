/**
 * The five steps a newcomer takes, ticked by what the person did and what came back on the wire. It knows nothing of the
 * inside of any bot: only names that are read on the screen. Pure.
 */
import { MessageFlags } from 'discord-api-types/v10';
import type { ClientRequest, ServerEvent } from '../../protocol.ts';
import { textOf } from '../messages/message-text.ts';
import { allChannels, recipientOf } from '../selectors.ts';
import type { World } from '../state.ts';

export type StepId = 'right-click' | 'give' | 'look' | 'suspend' | 'ask';

export const stepIds: readonly StepId[] = ['right-click', 'give', 'look', 'suspend', 'ask'];

export interface TourState {
  done: StepId[];
  /** What was last begun and is not answered yet, by the step it belongs to. */
  begun: StepId[];
}

export const tourStart: TourState = { done: [], begun: [] };

/** The sample people of the story, by the names they are introduced with. */
export interface Cast {
  mira: string;
  alex: string;
  sam: string;
}

export function castOf(world: World): Cast | null {
  const idOf = (first: string) =>
    world.people.find(({ user }) => (user.global_name ?? user.username).toLowerCase().startsWith(first))?.user.id;
  const [mira, alex, sam] = [idOf('mira'), idOf('alex'), idOf('sam')];
  return mira && alex && sam ? { mira, alex, sam } : null;
}

/** The step to take next; null when all are done. */
export function currentStep(tour: TourState): StepId | null {
  return stepIds.find((id) => !tour.done.includes(id)) ?? null;
}

/** @param label What the person pressed or called, in the words on the screen. */
export function afterRequest(tour: TourState, world: World, request: ClientRequest, label: string): TourState {
  const cast = castOf(world);
  const step = cast && stepBegunBy(cast, world, request, label);
  return step && !tour.begun.includes(step) ? { ...tour, begun: [...tour.begun, step] } : tour;
}

function stepBegunBy(cast: Cast, world: World, request: ClientRequest, label: string): StepId | null {
  const isMira = world.me.id === cast.mira;
  switch (request.type) {
    case 'context_command':
      if (isMira && request.targetId === cast.alex && /credit/i.test(label)) return 'right-click';
      return isMira && /suspend/i.test(label) ? 'suspend' : null;
    case 'command':
      if (label === '/account view' && world.me.id === cast.alex && isBotDm(world, request.channelId)) return 'look';
      if (label === '/policy explain' && request.options.some(({ value }) => value === cast.sam)) return 'ask';
      if (!isMira) return null;
      if (/^\/credits (add|set)$/.test(label)) return 'give';
      return /^\/user suspend$/.test(label) ? 'suspend' : null;
    case 'press':
    case 'submit_form':
      if (isMira && /suspend/i.test(label)) return 'suspend';
      return isMira && /credit|give|add|confirm|yes/i.test(label) ? 'give' : null;
    default:
      return null;
  }
}

export function afterEvent(tour: TourState, world: World | null, event: ServerEvent): TourState {
  const cast = world && castOf(world);
  if (!cast) return tour;
  if (event.type === 'form') return tick(tour, 'right-click');
  if (event.type !== 'message_create' && event.type !== 'message_update') return tour;
  const { message } = event;
  const isThinking = ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
  if (!message.author.bot || isThinking) return tour;
  const text = textOf(message);
  let after = tour;
  if (/\+\s?50(?:\.0+)?(?!\d)/.test(text)) after = tick(after, 'give');
  if (/suspended/i.test(text)) after = tick(after, 'suspend');
  if (world.me.id === cast.alex && isBotDm(world, message.channel_id)) after = tick(after, 'look');
  if (world.me.id !== cast.alex) after = tick(after, 'ask');
  return tick(after, 'right-click');
}

/** A step is done when it was begun and is now answered. */
function tick(tour: TourState, step: StepId): TourState {
  if (!tour.begun.includes(step)) return tour;
  const begun = tour.begun.filter((other) => other !== step);
  return { begun, done: tour.done.includes(step) ? tour.done : [...tour.done, step] };
}

function isBotDm(world: World, channelId: string): boolean {
  const channel = allChannels(world).find(({ id }) => id === channelId);
  return channel?.type === 1 && recipientOf(world, channel)?.bot === true;
}
