/** How many servers an account may have: raised, lowered, set and taken back, from the command and from the card. */
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test' });
const { panel, services, lena, mira, sam } = house;

/** Discord hides the commands from some who may use them. */
const ANYONE = { ...IN_STAFF, evenIfHidden: true };

const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)/)?.[1]);
const limitOf = async (account: TestAccount) => (await account.now()).details.serverLimit;
const change = (command: string, account: TestAccount, count: number) =>
  lena.types(command, { account: account.reference, count: String(count), reason: 'Event prize' }, ANYONE);

describe('a server limit', () => {
  test('is raised, lowered and set by command; the answer tells from what to what', async () => {
    const account = await house.customer();
    const raised = await change('limit add', account, 2);
    expect(raised.text).toBe(
      `+2 · 1 → 3 servers · Event prize · #${numberOf(raised)}\n${account.username} · Name of ${account.username} · by @lena.vogt`,
    );
    expect(raised.isPrivate).toBe(false);
    expect((await change('limit remove', account, 2)).text).toMatch(/^−2 · 3 → 1 server · Event prize/);
    expect((await change('limit set', account, 1_000)).text).toMatch(/^\+999 · 1 → 1\u2009000 servers/);
    expect(await limitOf(account)).toBe(1_000);
    expect(await house.auditLines()).toContain(
      `#${numberOf(raised)} · @lena.vogt · Server limit raised · ${account.username} · 1 → 3 servers · Event prize`,
    );
  });

  test('is set from the menu of the card', async () => {
    const account = await house.customer();
    const card = await lena.types('user view', { account: account.reference }, ANYONE);
    const form = await lena.presses(card, 'Server limit…');
    expect(form.fields).toEqual(['count', 'reason.choice', 'reason']);
    expect((await lena.goesOn(form, { count: '4', reason: 'Event prize' })).text).toMatch(/^\+3 · 1 → 4 servers/);
  });

  test('is taken back with a press', async () => {
    const account = await house.customer();
    const raised = await change('limit add', account, 5);
    const undone = await lena.presses(raised, 'Undo');
    expect(undone.text).toMatch(new RegExp(`^−5 · 6 → 1 server · takes back #${numberOf(raised)}`));
    expect(await limitOf(account)).toBe(1);
  });

  test.each([
    [
      'limit remove',
      2,
      'The limit is 1 server: that is too little. Nothing was changed. Take at most that, or set the limit.',
    ],
    ['limit set', 1, 'The limit is 1 server already. Nothing was changed.'],
    ['limit add', 5_000, 'The panel takes no limit above 1\u2009000 servers. Nothing was changed. Write less.'],
  ])('is left as it is by /%s %i, in words', async (command, count, sentence) => {
    const account = await house.customer();
    const changed = await house.changedBy(async () => {
      expect((await change(command, account, count)).text).toBe(sentence);
    });
    expect(changed).toEqual({});
  });

  test.each(['0', '1.5', '-1', 'many'])('takes no “%s”', async (count) => {
    const account = await house.customer();
    const screen = await lena.types('limit add', { account: account.reference, count, reason: 'Event prize' }, ANYONE);
    expect(screen.text).toContain('How many servers');
    expect(await limitOf(account)).toBe(1);
  });

  test('is not offered to who may not change it', async () => {
    const account = await house.customer();
    expect((await mira.types('user view', { account: account.reference })).actions).not.toContain('Server limit…');
    expect(
      (await sam.types('limit add', { account: account.reference, count: '1', reason: 'x' }, ANYONE)).text,
    ).toMatch(/^You may not/);
  });

  test('that is not known to have changed is laid before people with what is seen', async () => {
    await house.set('approvalsChannelId', CHANNEL_IDS.general);
    panel.setTraits('serverLimit', { proof: 'balance', idempotent: false });
    const account = await house.customer();
    panel.failNext('limit.add', { kind: 'timeout', acts: 'before' });
    const unknown = await change('limit add', account, 2);
    expect(unknown.text).toContain('nobody can change the account’s server limit');
    await settleDue(services);
    const shown = await house.ada.types('operations show', { operation: `#${numberOf(unknown)}` });
    expect(shown.text.replaceAll('\u00a0', ' ')).toMatch(/1 server\n.*3 servers\n.*3 servers/);
    expect(shown.text).toContain('Others change this limit too, so it proves nothing by itself.');
    const settled = await house.ada.presses(shown, 'It happened');
    expect(settled.text).toContain('1 → 3 servers');
  });
});
