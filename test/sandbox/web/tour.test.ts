import { MessageFlags } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import type { ClientRequest, ServerEvent } from '../../../sandbox/protocol.ts';
import { afterEvent, afterRequest, currentStep, type TourState, tourStart } from '../../../sandbox/web/tour/tour.ts';
import { alex, bot, botDmId, message, mira, sam, staffId, worldOf } from './worlds.ts';

const asMira = worldOf(mira);
const asAlex = worldOf(alex);

const command = (channelId: string, value?: string): ClientRequest => ({
  type: 'command',
  nonce: 'n',
  channelId,
  commandId: '1',
  path: [],
  options: value ? [{ name: 'member', value }] : [],
});
const menu = (targetId: string): ClientRequest => ({
  type: 'context_command',
  nonce: 'n',
  channelId: staffId,
  commandId: '1',
  targetId,
});
const submit: ClientRequest = { type: 'submit_form', nonce: 'n', formId: 'f', components: [] };
const form: ServerEvent = {
  type: 'form',
  nonce: 'n',
  formId: 'f',
  form: { custom_id: 'x', title: 'x', components: [] },
};
const answer = (content: string, channelId = staffId, flags = 0) =>
  ({ type: 'message_create', message: message('2000', bot, content, { channel_id: channelId, flags }) }) as const;

it('is walked from the first step to the last', () => {
  let tour: TourState = tourStart;
  expect(currentStep(tour)).toBe('right-click');
  tour = afterEvent(afterRequest(tour, asMira, menu(alex.id), 'Give credits'), asMira, form);
  expect(currentStep(tour)).toBe('give');
  tour = afterEvent(afterRequest(tour, asMira, submit, 'Give credits to alex'), asMira, answer('**+50** · 120 → 170'));
  expect(currentStep(tour)).toBe('look');
  tour = afterEvent(afterRequest(tour, asAlex, command(botDmId), '/account view'), asAlex, answer('170', botDmId));
  expect(currentStep(tour)).toBe('suspend');
  tour = afterEvent(afterRequest(tour, asMira, submit, 'Suspend alex'), asMira, answer('alex is suspended'));
  expect(currentStep(tour)).toBe('ask');
  tour = afterEvent(
    afterRequest(tour, asMira, command(staffId, sam.id), '/policy explain'),
    asMira,
    answer('Sam may not, because …'),
  );
  expect(currentStep(tour)).toBeNull();
});

it('ticks nothing that was not begun', () => {
  expect(afterEvent(tourStart, asMira, answer('**+50** · suspended'))).toEqual(tourStart);
});

it('ticks nothing while the bot is still thinking', () => {
  const begun = afterRequest(tourStart, asAlex, command(botDmId), '/account view');
  expect(afterEvent(begun, asAlex, answer('', botDmId, MessageFlags.Loading)).done).toEqual([]);
});

it('does not take another amount for fifty', () => {
  const begun = afterRequest(tourStart, asMira, submit, 'Give credits');
  expect(afterEvent(begun, asMira, answer('+500 · 120 → 620')).done).toEqual([]);
  expect(afterEvent(begun, asMira, answer('+50.00 · 120 → 170')).done).toEqual(['give']);
});

it('wants the right person in the right place', () => {
  expect(afterRequest(tourStart, asMira, menu(sam.id), 'Give credits').begun).toEqual([]);
  expect(afterRequest(tourStart, asMira, command(botDmId), '/account view').begun).toEqual([]);
  expect(afterRequest(tourStart, asAlex, command(staffId), '/account view').begun).toEqual([]);
  expect(afterRequest(tourStart, asMira, command(staffId, alex.id), '/policy explain').begun).toEqual([]);
});
