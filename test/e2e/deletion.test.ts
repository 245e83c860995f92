/** Deleting an account with time to think: what is said before, what calls it off, and what is asked again when the time is over. */
import { beforeEach, describe, expect, test } from 'vitest';
import { harmless } from './fixtures/harmless.ts';
import { startHouse, type TestAccount } from './fixtures/house.ts';
import { ELSEWHERE, type Someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const house = await startHouse({ panel: 'test' });
const { discord, store, panel, ada, tomasz, mira, alex, jo } = house;

beforeEach(() => house.set('graceHours', 72));

const statusOf = async (account: TestAccount) => (await account.now()).status;
const numberOf = ({ text }: Screen) => Number(text.match(/#(\d+)\n/)?.[1]);
const cardOf = (account: TestAccount, person = tomasz) => person.types('user view', { account: account.reference });
const preview = (person: Someone, account: TestAccount) =>
  person.types('user delete', { account: account.reference, reason: 'Asked for it' });
const suspend = (account: TestAccount) =>
  mira.types('user suspend', { account: account.reference, reason: 'Chargeback' });
const restore = (account: TestAccount) => tomasz.types('user restore', { account: account.reference });

/** Confirms the deletion of an account. */
async function schedule(account: TestAccount) {
  const done = await tomasz.goesOn(await preview(tomasz, account), { username: account.username });
  return { done, number: numberOf(done) };
}

describe('a decision to delete', () => {
  test('says before it is taken that nothing goes at once, and until when it can be called off', async () => {
    const account = await house.customer();
    const shown = await harmless(house, [account], () => preview(tomasz, account));
    expect(shown.text).toContain(`${account.username} goes.`);
    expect(shown.text).toContain(
      'Nothing is deleted at once. The account is suspended first, and deleted in 3 days (‹when›).\nUntil then `/user restore` calls it off; after that it brings the account back.',
    );
  });

  test('suspends the account, and says so everywhere', async () => {
    const account = await house.customer({ member: alex.id });
    const { done, number } = await schedule(account);
    expect(done.text).toMatch(new RegExp(`^Deletion scheduled · due ‹when› · Asked for it · #${number}\n`));
    expect(done.actions).toEqual(['Open card', 'Undo']);
    expect(await statusOf(account)).toBe('suspended');
    const card = await cardOf(account);
    expect(card.text).toMatch(
      new RegExp(`^Deletion scheduled by @tomasz: ‹when›, for: Asked for it \\(#${number}\\)\n${account.username}`),
    );
    expect(card.actions).toContain('Keep account');
    for (const gone of ['Suspend', 'Lift suspension', 'Restore', 'Delete…']) expect(card.actions).not.toContain(gone);
    expect((await house.toldTo(alex)).at(-1)).toContain('Your account will be deleted on ‹when›: Asked for it.');
    expect((await house.auditLines()).at(-1)).toMatch(
      new RegExp(`^#${number} · @tomasz · Deletion scheduled · .* · due ‹when› · Asked for it$`),
    );
    expect((await alex.types('account view', {}, ELSEWHERE)).text).toContain('Deletion scheduled');
  });

  test('is not taken twice', async () => {
    const account = await house.customer();
    const form = await tomasz.presses(await preview(tomasz, account), 'Delete…');
    const { number } = await schedule(account);
    const again = await harmless(house, [account], () => tomasz.sends(form, { username: account.username }));
    expect(again.text).toBe(
      `Its deletion is scheduled already (#${number}): ‹when›. Nothing was changed. \`/user restore\` calls it off.`,
    );
  });

  test('where the panel cannot suspend, says that the member can log in until then', async () => {
    panel.setAbility('suspension', false);
    const account = await house.customer();
    const shown = await preview(tomasz, account);
    expect(shown.text).toContain('It cannot be suspended in this panel, so its owner can log in until then.');
    const done = await tomasz.goesOn(shown, { username: account.username });
    expect(await statusOf(account)).toBe('active');
    expect((await cardOf(account)).text).toMatch(/^Deletion scheduled by @tomasz: .*\nActive\n/);
    await house.fires('deletion.due', numberOf(done));
    expect(await statusOf(account)).toBe('deleted');
    panel.setAbility('suspension', true);
  });

  test('without a grace deletes at once, as the preview says', async () => {
    await house.set('graceHours', 0);
    const account = await house.customer();
    const shown = await preview(tomasz, account);
    expect(shown.text).not.toContain('at once');
    expect(shown.text).toContain('It can be brought back with `/user restore`.');
    const done = await tomasz.goesOn(shown, { username: account.username });
    expect(done.text).toMatch(/^Deleted · Asked for it · #\d+\n/);
    expect(done.actions).toEqual(['Open card']);
    expect(await statusOf(account)).toBe('deleted');
  });
});

describe('called off', () => {
  test.each([
    ['/user restore', (account: TestAccount) => restore(account)],
    ['the button on its card', async (account: TestAccount) => tomasz.presses(await cardOf(account), 'Keep account')],
  ])('by %s, the account is as it was, and is not deleted later', async (_how, keep) => {
    for (const before of ['active', 'suspended'] as const) {
      const account = await house.customer();
      if (before === 'suspended') await suspend(account);
      const { number } = await schedule(account);
      const kept = await keep(account);
      expect(kept.text).toMatch(new RegExp(`^Deletion called off · ends #${number} · #\\d+\n`));
      expect(await statusOf(account)).toBe(before);
      const card = await cardOf(account);
      expect(card.text).toMatch(before === 'active' ? /^Active\n/ : /^Suspended by @mira ‹when›, for: Chargeback/);
      expect(card.actions).toContain('Delete…');
      expect(await house.changedBy(() => house.fires('deletion.due', number))).toEqual({});
      expect(await statusOf(account)).toBe(before);
    }
  });

  test('by Undo, too, while that is possible', async () => {
    const account = await house.customer({ member: jo.id });
    await suspend(account);
    const { done, number } = await schedule(account);
    expect((await tomasz.presses(done, 'Undo')).text).toMatch(
      new RegExp(`^Deletion called off · takes back #${number} · #\\d+\n`),
    );
    expect(await statusOf(account)).toBe('suspended');
    expect((await house.toldTo(jo)).at(-1)).toContain('Your account will not be deleted after all.');
    expect(await house.changedBy(() => house.fires('deletion.due', number))).toEqual({});
  });

  test('it can be decided anew', async () => {
    const account = await house.customer();
    const first = await schedule(account);
    await restore(account);
    const second = await schedule(account);
    await house.fires('deletion.due', first.number);
    expect(await statusOf(account)).toBe('suspended');
    await house.fires('deletion.due', second.number);
    expect(await statusOf(account)).toBe('deleted');
  });

  test('takes the right to restore', async () => {
    const account = await house.customer();
    await schedule(account);
    expect(
      (await harmless(house, [account], () => mira.types('user restore', { account: account.reference }))).text,
    ).toMatch(/^You may not restore deleted accounts\./);
  });
});

describe('when the grace is over', () => {
  test('the account is deleted, once, and told as Steward’s own deed; restored, it is as it was before', async () => {
    for (const before of ['active', 'suspended'] as const) {
      const account = await house.customer();
      if (before === 'suspended') await suspend(account);
      const { number } = await schedule(account);
      await house.fires('deletion.due', number);
      expect(await statusOf(account)).toBe('deleted');
      expect((await house.auditLines()).at(-1)).toMatch(new RegExp(`^#\\d+ · Steward · Deleted · ends #${number}`));
      expect(await house.changedBy(() => house.fires('deletion.due', number))).toEqual({});
      const card = await cardOf(account);
      expect(card.text).toMatch(/^Deleted\n/);
      await tomasz.presses(card, 'Restore');
      expect(await statusOf(account)).toBe(before);
    }
  });

  test('whoever administers the panel by then is not deleted, and that is recorded', async () => {
    const account = await house.customer();
    const { number } = await schedule(account);
    await ada.types('user role', { account: account.reference, change: 'add', role: 'root' });
    await house.fires('deletion.due', number);
    expect(await statusOf(account)).toBe('suspended');
    expect(
      await store.sql`select outcome, facts from audit where account_id = ${account.id} order by id desc limit 1`,
    ).toEqual([{ outcome: 'failed', facts: { guard: 'policy.protected' } }]);
    await store.sql`update operations set due_at = now() - interval '1 hour' where number = ${number}`;
    const card = await cardOf(account, ada);
    expect(card.text).toMatch(/^Deletion scheduled by @tomasz was due ‹when› and has not happened, for: Asked for it/);
    await ada.presses(card, 'Keep account');
    expect(await statusOf(account)).toBe('active');
  });

  test('an owner’s account is not deleted by what another decided before it was theirs', async () => {
    const account = await house.customer();
    const { number } = await schedule(account);
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${account.id}, ${ada.id}, 'email', 'test')`;
    await house.fires('deletion.due', number);
    expect(await statusOf(account)).toBe('suspended');
  });

  test('it is tried again when the panel was down', async () => {
    const account = await house.customer();
    const { number } = await schedule(account);
    panel.failNext('delete', { kind: 'refuse', failure: 'unreachable' });
    await expect(house.fires('deletion.due', number)).rejects.toThrow();
    expect(await statusOf(account)).toBe('suspended');
    await house.fires('deletion.due', number);
    expect(await statusOf(account)).toBe('deleted');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
