import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { Clock } from '../../sandbox/discord/clock.ts';
import { may, maySee } from '../../sandbox/discord/permissions.ts';
import { State } from '../../sandbox/discord/state.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const DAY_MS = 86_400_000;

const world = harbourHosting({ nowMs: NOW_MS });
const state = new State(world, new Clock(), 500);

test('the same seed makes the same world, another one other times', () => {
  expect(harbourHosting({ nowMs: NOW_MS })).toEqual(world);
  const times = ({ messages }: typeof world) => messages.map(({ timestamp }) => timestamp);
  expect(times(harbourHosting({ nowMs: NOW_MS, seed: 2 }))).not.toEqual(times(world));
});

test('ids of people, channels and roles do not depend on the day, because accounts are linked to them', () => {
  const later = harbourHosting({ nowMs: NOW_MS + 100 * DAY_MS });
  const ids = ({ users, channels, roles }: typeof world) => [...users, ...channels, ...roles].map(({ id }) => id);
  expect(ids(later)).toEqual(ids(world));
});

test('the talk spreads over months, in order, and ends before now', () => {
  const times = world.messages.map(({ timestamp }) => Date.parse(timestamp));
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(NOW_MS - (times[0] ?? NOW_MS)).toBeGreaterThan(180 * DAY_MS);
  expect(times.at(-1)).toBeLessThan(NOW_MS);
  expect(new Set(world.messages.map(({ id }) => id)).size).toBe(world.messages.length);
});

test('everybody spoke only where they may write', () => {
  for (const { author, channel_id: channelId } of world.messages) {
    expect(may(state, author.id, channelId, PermissionFlagsBits.SendMessages), author.username).toBe(true);
  }
});

test('members see no staff channel, the bot sees all but the one of the administrators', () => {
  for (const id of [CHANNEL_IDS.staff, CHANNEL_IDS.staffAudit, CHANNEL_IDS.accounting, CHANNEL_IDS.leadership]) {
    expect(maySee(state, USER_IDS.alex, id)).toBe(false);
    expect(maySee(state, state.botId, id)).toBe(id !== CHANNEL_IDS.leadership);
  }
});

test('somebody is linked to nothing, somebody is a stranger, somebody is outside', () => {
  expect(state.members.get(USER_IDS.robin)?.roles).toEqual([]);
  expect(state.users.has(USER_IDS.mallory ?? '')).toBe(true);
  expect(state.members.has(USER_IDS.mallory ?? '')).toBe(false);
});

test('whoever opens the page finds one thing unread', () => {
  const { openAs, readMarks, messages } = world;
  const unread = messages.filter(({ id, channel_id }) => BigInt(id) > BigInt(readMarks[openAs]?.[channel_id] ?? 0));
  expect(unread.map(({ channel_id }) => channel_id)).toEqual([CHANNEL_IDS.support]);
});
