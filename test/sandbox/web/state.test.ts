import { expect, it } from 'vitest';
import { displayName, mentionsMe, nameStyle, unreadIn } from '../../../sandbox/web/selectors.ts';
import { type Action, reduce, type State } from '../../../sandbox/web/state.ts';
import { alex, bot, message, mira, moderator, ready, staffChannel, staffId, stateOf, user, worldOf } from './worlds.ts';

const received = (state: State, ...actions: Action[]) => actions.reduce(reduce, state);
const sent = (nonce: string) =>
  ({ type: 'sent', interaction: { nonce, channelId: staffId, label: '/user view' } }) as const;

it('adds a message, changes it in place and removes it', () => {
  const first = message('1001', alex, 'one');
  let state = received(stateOf(), { type: 'event', event: { type: 'message_create', message: first } });
  expect(state.world?.messages[staffId]?.map(({ id }) => id)).toEqual(['1000', '1001']);
  state = received(state, {
    type: 'event',
    event: { type: 'message_update', message: { ...first, content: 'two' } },
  });
  expect(state.world?.messages[staffId]?.[1]?.content).toBe('two');
  state = received(state, {
    type: 'event',
    event: { type: 'message_delete', channelId: staffId, messageId: '1001' },
  });
  expect(state.world?.messages[staffId]?.map(({ id }) => id)).toEqual(['1000']);
});

it('shows a message once, even when it is sent twice', () => {
  const event = { type: 'event', event: { type: 'message_create', message: message('1001', alex, 'one') } } as const;
  expect(received(stateOf(), event, event).world?.messages[staffId]).toHaveLength(2);
});

it('forgets the old world when a new one arrives after a reconnection', () => {
  const event = { type: 'event', event: { type: 'message_create', message: message('1001', alex, 'one') } } as const;
  const state = received(stateOf(), event, { type: 'lost' });
  expect(state.link).toBe('reconnecting');
  const fresh = received(state, { type: 'event', event: ready() });
  expect(fresh.link).toBe('ready');
  expect(fresh.world?.messages[staffId]).toHaveLength(1);
});

it('counts what others wrote after the last message read, and nothing of oneself', () => {
  const world = received(
    stateOf(),
    { type: 'event', event: { type: 'message_create', message: message('1001', alex, 'one') } },
    { type: 'event', event: { type: 'message_create', message: message('1002', mira, 'mine') } },
    {
      type: 'event',
      event: { type: 'message_create', message: message('1003', alex, 'you', { mentions: [mira] }) },
    },
  ).world;
  expect(world && unreadIn(world, staffChannel)).toEqual({ count: 2, mentions: 1 });
  const read = reduce(
    { ...stateOf(), world },
    {
      type: 'event',
      event: { type: 'read', channelId: staffId, messageId: '1003' },
    },
  ).world;
  expect(read && unreadIn(read, staffChannel)).toEqual({ count: 0, mentions: 0 });
});

it('takes a mention of one of my roles as one of me', () => {
  expect(mentionsMe(worldOf(), message('1', alex, '', { mention_roles: [moderator.id] }))).toBe(true);
  expect(mentionsMe(worldOf(), message('1', mira, '', { mention_roles: [moderator.id] }))).toBe(false);
});

it('knows authors who are not members, by the messages they wrote', () => {
  const stranger = user('900000000000000001', 'kit', 'Kit');
  const { world } = received(stateOf(), {
    type: 'event',
    event: { type: 'message_create', message: message('1001', stranger, 'hi') },
  });
  expect(world && displayName(world, stranger.id)).toBe('Kit');
});

it('colours a name by the highest coloured role', () => {
  expect(nameStyle(worldOf(), mira.id)).toEqual({ '--name-colour': '#3e8ed0' });
  expect(nameStyle(worldOf(), alex.id)).toEqual({});
});

it('holds a command until it is answered', () => {
  const waiting = reduce(stateOf(), sent('n'));
  expect(waiting.interactions).toMatchObject([{ nonce: 'n', state: 'sent' }]);
  const answered = reduce(waiting, {
    type: 'event',
    event: { type: 'interaction', status: { nonce: 'n', state: 'answered' } },
  });
  expect(answered.interactions).toEqual([]);
});

it('keeps the sentence of a failure until it is dismissed', () => {
  const failed = received(stateOf(), sent('n'), {
    type: 'event',
    event: { type: 'interaction', status: { nonce: 'n', state: 'failed', message: 'No answer' } },
  });
  expect(failed.interactions).toMatchObject([{ state: 'failed', failure: 'No answer' }]);
  expect(reduce(failed, { type: 'failure_dismissed', nonce: 'n' }).interactions).toEqual([]);
});

it('says nothing of failed completions, which nobody asked for by hand', () => {
  const state = received(
    stateOf(),
    { type: 'sent', interaction: { nonce: 'n', channelId: staffId, label: '/user view', quiet: true } },
    { type: 'event', event: { type: 'interaction', status: { nonce: 'n', state: 'failed', message: 'No answer' } } },
  );
  expect(state.interactions).toEqual([]);
});

const openForm: Action = {
  type: 'event',
  event: { type: 'form', nonce: 'n', formId: 'f', form: { custom_id: 'give', title: 'Give credits', components: [] } },
};

it('closes a form when its submission is answered', () => {
  const state = received(stateOf(), sent('n'), openForm, { type: 'form_submitted', nonce: 's' });
  expect(state.form).toMatchObject({ formId: 'f', channelId: staffId, submittedAs: 's' });
  const answered = reduce(state, {
    type: 'event',
    event: { type: 'interaction', status: { nonce: 's', state: 'answered' } },
  });
  expect(answered.form).toBeNull();
});

it('keeps a form open, with the reason, when its submission fails', () => {
  const state = received(
    stateOf(),
    openForm,
    { type: 'form_submitted', nonce: 's' },
    {
      type: 'event',
      event: { type: 'interaction', status: { nonce: 's', state: 'failed', message: 'No answer' } },
    },
  );
  expect(state.form).toMatchObject({ submittedAs: null, failure: 'No answer' });
});

it('marks the bot as offline and back', () => {
  const offline = reduce(stateOf(), { type: 'event', event: { type: 'bot_status', online: false } });
  expect(offline.world?.botOnline).toBe(false);
  expect(offline.world?.users[bot.id]).toBeDefined();
});
