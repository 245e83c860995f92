/** What members say about being told of what is done to their accounts. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { ELSEWHERE, IN_DM } from './fixtures/people.ts';

const house = await startHouse();
const { discord, store, ada, alex, robin } = house;
await house.account('alexb', { member: alex.id });

describe.each([
  ['the server', ELSEWHERE],
  ['a direct message', IN_DM],
])('in %s', (_place, where) => {
  test('/account notifications shows what holds, and a button changes it there', async () => {
    const shown = await alex.types('account notifications', {}, where);
    expect(shown.text).toContain('You are told by direct message when something is done to your account: credits, ');
    expect(shown.text).toContain('That its e-mail address or password was changed, you are told always.');
    expect(shown.actions).toEqual(['Do not tell me']);
    const left = await alex.presses(shown, 'Do not tell me');
    expect(left.message.id).toBe(shown.message.id);
    expect(left.text).toContain('You are not told of what is done to your account.');
    expect((await alex.types('account notifications', {}, where)).actions).toEqual(['Tell me']);
    const again = await alex.presses(left, 'Tell me');
    expect(again.text).toContain('You are told by direct message');
    if (where !== IN_DM) expect(shown.isPrivate).toBe(true);
  });

  test('it can be said with the command itself, without an account too', async () => {
    expect((await robin.types('account notifications', { tell: false }, where)).actions).toEqual(['Tell me']);
    expect((await robin.types('account notifications', { tell: true }, where)).actions).toEqual(['Do not tell me']);
  });
});

test('it says that messages do not arrive, and what opens them', async () => {
  await store.sql`
    insert into people (user_id, dm_closed_at) values (${alex.id}, now())
    on conflict (user_id) do update set dm_closed_at = excluded.dm_closed_at`;
  const shown = await alex.types('account notifications', {}, ELSEWHERE);
  expect(shown.text).toContain('My messages do not reach you: you accepted none ‹when›.');
  expect(shown.text).toContain('Privacy Settings');
});

test('it says when the team lets members be told of nothing', async () => {
  await house.set('memberNotices', []);
  const shown = await ada.types('account notifications', {}, ELSEWHERE);
  expect(shown.text).toContain('The team sends no such messages at present.');
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
