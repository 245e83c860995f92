import { expect, it } from 'vitest';
import { firstUnread, layOut } from '../../../sandbox/web/messages/grouping.ts';
import { textOf } from '../../../sandbox/web/messages/message-text.ts';
import { formatDay, formatMessageTime, formatRelative, formatTimestamp } from '../../../sandbox/web/messages/times.ts';
import { avatarLook } from '../../../sandbox/web/people/avatar-colours.ts';
import { alex, bot, message, mira } from './worlds.ts';

const at = (minute: number, day = 1) => ({
  timestamp: new Date(2026, 2, day, 10, minute).toISOString(),
});

it('stands messages of one author together until some minutes pass or another writes', () => {
  const rows = layOut(
    [
      message('1', alex, 'a', at(0)),
      message('2', alex, 'b', at(3)),
      message('3', mira, 'c', at(4)),
      message('4', mira, 'd', at(20)),
      message('5', mira, 'e', at(21, 2)),
    ],
    undefined,
  );
  expect(rows.map(({ opensGroup }) => opensGroup)).toEqual([true, false, true, true, true]);
  expect(rows.map(({ opensDay }) => opensDay)).toEqual([true, false, false, false, true]);
});

it('marks the first unread message of somebody else', () => {
  const messages = [message('1', alex, 'a'), message('2', mira, 'b'), message('3', alex, 'c'), message('4', alex, 'd')];
  expect(firstUnread(messages, '1', mira.id)).toBe('3');
  expect(firstUnread(messages, undefined, mira.id)).toBeUndefined();
  expect(layOut(messages, '3').map(({ opensUnread }) => opensUnread)).toEqual([false, false, true, false]);
});

const now = new Date(2026, 2, 10, 12, 0, 0).getTime();

it.each([
  [now - 3_000, '3 seconds ago'],
  [now - 3 * 86_400_000, '3 days ago'],
  [now - 61 * 86_400_000, '2 months ago'],
  [now + 2 * 3_600_000, 'in 2 hours'],
  [now, 'now'],
])('says how far %i is', (atMs, words) => expect(formatRelative(atMs, now)).toBe(words));

it('writes times as Discord names their styles', () => {
  const atMs = new Date(2026, 0, 5, 9, 7).getTime();
  expect(formatTimestamp(atMs, 't', now)).toBe('09:07');
  expect(formatTimestamp(atMs, 'D', now)).toBe('5 January 2026');
  expect(formatTimestamp(8_640_000_000_000_001, 'f', now)).toBe('an impossible date');
});

it('names today and yesterday', () => {
  expect(formatMessageTime(now - 3_600_000, now)).toBe('11:00');
  expect(formatMessageTime(now - 86_400_000, now)).toBe('Yesterday 12:00');
  expect(formatDay(now, now)).toBe('Today');
  expect(formatDay(now - 2 * 86_400_000, now)).toContain('8 March 2026');
});

it.each([
  ['Mira', 'M'],
  ['jo_b', 'JB'],
  ['**Bold** Bob', 'BB'],
  ['Lena 🌊', 'L'],
  ['🌊', '🌊'],
  ['👨‍👩‍👧 ', '👨‍👩‍👧'],
  ['محمد', 'م'],
  ['𝔉𝔯𝔦𝔱𝔷', '𝔉'],
  ['\u202e', '?'],
])('draws %o as %o', (name, initials) => expect(avatarLook(name, '1').initials).toBe(initials));

it('draws the same person the same way, and neighbours differently', () => {
  expect(avatarLook('Mira', '1')).toEqual(avatarLook('Mira', '1'));
  expect(avatarLook('Mira', '1').hues).not.toEqual(avatarLook('Mira', '2').hues);
});

it('reads the text of components at any depth', () => {
  const components = [{ type: 17, components: [{ type: 9, components: [{ type: 10, content: 'deep' }] }] }];
  expect(textOf({ ...message('1', bot, ''), components: components as never })).toBe('deep');
});
