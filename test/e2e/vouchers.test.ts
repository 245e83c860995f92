/** Vouchers: made with a code that one person sees, counted against limits, listed with masked codes, revealed, revoked. */
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test' });
const { panel, services, store, ada, lena, tomasz, mira } = house;

/** Discord hides the commands from some who may use them. */
const ANYONE = { ...IN_STAFF, evenIfHidden: true };

const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)/)?.[1]);
const make = (given: Record<string, string> = {}, person = lena) =>
  person.types('voucher create', { credits: '50', uses: '3', ...given }, ANYONE);

/** All that others may read, and that is kept for ever. */
async function everything(): Promise<string> {
  const lines = await house.auditLines();
  const rows = [await store.sql`select * from audit`, await store.sql`select * from notices`];
  return JSON.stringify([lines, rows], (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

describe('a voucher', () => {
  test('is made, and its code is shown to who made it and to nobody else', async () => {
    const made = await make({ code: 'SUMMER-2099', memo: 'Summer fair', expires: '2099-03-01' });
    expect(made.text).toBe(
      `Voucher created · 3 × 50 · until ‹when› · Summer fair · #${numberOf(made)}\nSUMMER-2099\nWhoever has the code can use it. It is shown here once; \`/voucher list\` reveals it again.`,
    );
    expect(made.isPrivate).toBe(true);
    expect(panel.vouchers()).toMatchObject([{ code: 'SUMMER-2099', uses: 3, memo: 'Summer fair' }]);
    const lines = await house.auditLines();
    expect(lines).toContain(
      `#${numberOf(made)} · @lena.vogt · Voucher created (150 in all) · 3 × 50 · until ‹when› · Summer fair`,
    );
    expect(await everything()).not.toContain('SUMMER-2099');
    const shown = await ada.types('operations show', { operation: `#${numberOf(made)}` });
    expect(shown.text).toContain('Voucher created (150 in all)');
    expect(shown.text).not.toContain('SUMMER-2099');
    expect(shown.actions).not.toContain('Open card');
    expect(shown.actions).not.toContain('Undo');
  });

  test('is asked for in a form', async () => {
    const form = await lena.types('voucher create', {}, ANYONE);
    expect(form.fields).toEqual(['credits', 'uses', 'expires', 'code', 'memo']);
    const made = await lena.sends(form, { credits: '2.5', uses: '2' });
    expect(made.text).toMatch(/^Voucher created · 2 × 2\.500 · #\d+\n[A-Z2-9]{16}\n/);
  });

  test.each([
    [{ code: 'a b' }, /^Code: this is too short: at least 4 characters/],
    [{ code: 'a b c d e' }, /^Code: this has characters that the panel does not take in codes/],
    [{ expires: '2020-01-01' }, /^Last day: this day is over/],
    [{ uses: '0' }, /How often it can be used/],
    [{ credits: 'ten' }, /^“ten” is not an amount/],
    [{ code: 'SUMMER-2099' }, /^There is a voucher of this code already\. Nothing was changed/],
  ])('takes no %j', async (given, sentence) => {
    const before = panel.vouchers().length;
    expect((await make(given)).text).toMatch(sentence);
    expect(panel.vouchers()).toHaveLength(before);
  });

  test('is not undone; who asks is told so', async () => {
    const made = await make();
    const number = `#${numberOf(made)}`;
    expect((await ada.types('undo', { operation: number })).text).toMatch(/is nothing that can be taken back/);
  });

  test('whose making is unknown is found by its code, and named by its panel until then', async () => {
    panel.setTraits('vouchers', { proof: 'state', idempotent: false });
    panel.failNext('voucher.create', { kind: 'timeout', acts: 'before' });
    const unknown = await make({ code: 'LOST-2099', memo: 'Power cut' });
    expect(unknown.text).toBe(
      `It is not known whether this happened: to create a voucher (+150 · Power cut) (#${numberOf(unknown)}).\nTest panel was asked and did not say whether it acted. Please do not do it again: Steward finds out by itself, and asks the team where it cannot.`,
    );
    await settleDue(services);
    expect(await house.auditLines()).toContainEqual(
      expect.stringMatching(new RegExp(`^#${numberOf(unknown)} · @lena.vogt · Voucher created \\(150 in all\\)`)),
    );
    const amended = { operation: `#${numberOf(unknown)}`, reason: 'Outage' };
    expect((await lena.types('operations amend', amended, ANYONE)).text).toContain('the reason is “Outage”');
  });
});

describe('what vouchers may give', () => {
  test('passes no limit: over it, it waits for somebody else, and only then is there a voucher', async () => {
    await house.set('approvalsChannelId', CHANNEL_IDS.general);
    await store.sql`update grants set per_act = '100', per_day = '100' where preset = 'accountant'`;
    await services.policy.refresh();
    const before = panel.vouchers().length;
    const waiting = await make({ code: 'WAITING-1' });
    expect(waiting.text).toMatch(/^This waits for an approval: to create a voucher \(\+150\) \(#\d+\)\./);
    expect(waiting.text).not.toContain('WAITING-1');
    const card = await house.lastIn(CHANNEL_IDS.general);
    expect(card.text).toContain('Create a voucher (150 in all) · 3 × 50');
    expect(card.text).not.toContain('WAITING-1');
    expect(panel.vouchers()).toHaveLength(before);
    expect((await tomasz.presses(card, 'Approve')).text).toContain('Done');
    expect(panel.vouchers().map(({ code }) => code)).toContain('WAITING-1');
    await store.sql`update grants set per_act = null, per_day = null where preset = 'accountant'`;
    await services.policy.refresh();
  });
});

describe('the vouchers of a panel', () => {
  test('are listed with masked codes; revealing them is recorded, without them', async () => {
    const list = await lena.types('voucher list', {}, ANYONE);
    expect(list.isPrivate).toBe(true);
    expect(list.text).toMatch(/SU••••99 · 50 · 0 of 3 used · until ‹when› · Summer fair/);
    expect(JSON.stringify(list.message)).not.toContain('SUMMER-2099');
    const revealed = await lena.presses(list, 'Reveal codes');
    expect(revealed.text).toContain('SUMMER-2099');
    expect(revealed.isPrivate).toBe(true);
    const [row] = await store.sql<{ actor_id: string; facts: unknown }[]>`
      select actor_id, facts from audit where action = 'voucher.reveal'`;
    expect(row?.actor_id).toBe(lena.id);
    expect(JSON.stringify(row?.facts)).not.toContain('SUMMER-2099');
  });

  test('are revoked from the list, after a question', async () => {
    await make({ code: 'REVOKE-2099' });
    const list = await lena.types('voucher list', {}, ANYONE);
    const question = await lena.picks(list, 'Revoke a voucher…', 'RE••••99');
    expect(question.text).toMatch(/^Revoke the voucher RE••••99\?\nRE••••99 · 50 · 0 of 3 used/);
    expect(panel.vouchers().map(({ code }) => code)).toContain('REVOKE-2099');
    const revoked = await lena.presses(question, 'Revoke');
    expect(revoked.text).toBe(`Voucher revoked · RE••••99 · #${numberOf(revoked)}\nTest panel · by @lena.vogt`);
    expect(panel.vouchers().map(({ code }) => code)).not.toContain('REVOKE-2099');
    expect((await lena.presses(question, 'Revoke')).text).toMatch(/^There is no such voucher any more/);
  });

  test('are revoked by their code; one that is not there is told of', async () => {
    await make({ code: 'TYPED-2099' });
    const question = await lena.types('voucher revoke', { code: 'TYPED-2099' }, ANYONE);
    expect((await lena.presses(question, 'Leave it')).text).toBe('Left as it is. Nothing was changed.');
    const again = await lena.types('voucher revoke', { code: 'TYPED-2099' }, ANYONE);
    expect((await lena.presses(again, 'Revoke')).text).toMatch(/^Voucher revoked · TY••••99/);
    expect((await lena.types('voucher revoke', { code: 'TYPED-2099' }, ANYONE)).text).toMatch(
      /^There is no such voucher any more/,
    );
  });

  test('are turned page by page, and lead to making one', async () => {
    for (let count = 0; count < 12; count += 1)
      panel.addVoucher({ code: `PAGE-${count}-X`, credits: { minor: 1_000n, unit: { code: 'coins', scale: 3 } } });
    const list = await lena.types('voucher list', {}, ANYONE);
    const first = list.text;
    await lena.presses(list, 'Next');
    expect(list.text).not.toBe(first);
    const form = await lena.presses(list, 'Create a voucher');
    expect((await lena.sends(form, { credits: '1', uses: '1' })).text).toMatch(/^Voucher created · 1 × 1/);
    await lena.presses(list, 'First');
    expect(list.text).toBe(first);
  });

  test('are asked for by panel where several have them', async () => {
    const one = createTestPanel({ id: 'one', label: 'First panel' });
    const other = createTestPanel({ id: 'other', label: 'Other panel' });
    const wide = await startHouse({ panels: [one.panel, other.panel] });
    const question = await wide.lena.types('voucher create', { credits: '2', uses: '1' }, ANYONE);
    expect(question.actions).toEqual(['First panel', 'Other panel']);
    expect((await wide.lena.presses(question, 'Other panel')).text).toMatch(/^Voucher created/);
    expect([one.vouchers().length, other.vouchers().length]).toEqual([0, 1]);
    const form = await wide.lena.presses(await wide.lena.types('voucher create', {}, ANYONE), 'First panel');
    expect((await wide.lena.sends(form, { credits: '3', uses: '1' })).text).toMatch(/^Voucher created/);
    expect([one.vouchers().length, other.vouchers().length]).toEqual([1, 1]);
    const list = await wide.lena.presses(await wide.lena.types('voucher list', {}, ANYONE), 'Other panel');
    expect(list.text).toMatch(/^Vouchers in Other panel\n/);
  });

  test('are nothing for who may not manage them', async () => {
    expect((await mira.types('voucher list', {}, ANYONE)).text).toMatch(/^You may not/);
    expect((await make({}, mira)).text).toMatch(/^You may not/);
  });
});
