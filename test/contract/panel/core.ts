import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { call, failureOf, givenAccount, oddIds, type PanelUnderTest, uniqueName } from './subject.ts';

/** What every panel has. */
export function coreContract(subject: PanelUnderTest): void {
  const { panel } = subject;

  describe('core', () => {
    it('has an id that can stand in keys for ever, and a label', () => {
      expect(panel.id).toMatch(/^[a-z][a-z0-9_]{0,15}$/);
      expect(panel.label).not.toBe('');
    });

    it('says its version when it can be reached', async () => {
      expect((await panel.probe(call())).version).not.toBe('');
    });

    it('reads an account as it is', async () => {
      const account = await givenAccount(subject);
      expect(await panel.get(account.id, call())).toEqual(account);
      expect(account).toMatchObject({ panel: panel.id, status: 'active', administrator: false });
    });

    it('knows no account by an id of another form', async () => {
      const account = await givenAccount(subject);
      for (const id of [...oddIds(account), ...subject.absentIds]) {
        expect(await panel.get(id, call()), JSON.stringify(id)).toBeNull();
      }
    });

    it('gives ids that are opaque text of at most 64 characters', async () => {
      expect((await givenAccount(subject)).id).toMatch(/^.{1,64}$/u);
    });

    it('shows credits exactly where it keeps them, in their unit', async () => {
      const account = await givenAccount(subject, { balance: 7 });
      if (panel.credits) expect(account.balance?.unit).toEqual(panel.credits.traits.unit);
      else expect(account.balance).toBeNull();
    });

    it('finds by the whole e-mail, in any case, and by nothing less', async () => {
      const account = await givenAccount(subject);
      const find = async (email: string) => (await panel.find({ by: 'email', email }, call())).map(({ id }) => id);
      expect(await find(account.email)).toEqual([account.id]);
      expect(await find(account.email.toUpperCase())).toEqual([account.id]);
      for (const part of [
        account.email.slice(1),
        account.email.slice(0, -1),
        '%',
        `%${account.email}`,
        '',
        '\u0000',
        `${account.email} `,
      ]) {
        expect(await find(part), JSON.stringify(part)).toEqual([]);
      }
    });

    it('finds by the whole username, byte for byte, and by nothing less', async () => {
      const account = await givenAccount(subject);
      const find = async (username: string) =>
        (await panel.find({ by: 'username', username }, call())).map(({ id }) => id);
      expect(await find(account.username)).toEqual([account.id]);
      for (const other of [
        account.username.slice(1),
        account.username.toUpperCase(),
        '%',
        '_'.repeat(account.username.length),
        '',
        '\u0000',
      ]) {
        expect(await find(other), JSON.stringify(other)).toEqual([]);
      }
    });

    it('does not mistake an e-mail for a username', async () => {
      const account = await givenAccount(subject);
      expect(await panel.find({ by: 'username', username: account.email }, call())).toEqual([]);
      expect(await panel.find({ by: 'email', email: account.username }, call())).toEqual([]);
    });

    it.each([1, 2, 3, 100])('lists every account once, %i at a time', async (limit) => {
      const given = await Promise.all(
        Array.from({ length: 5 }, () => givenAccount(subject, { username: uniqueName() })),
      );
      const listed = await listAll(subject, limit);
      const ids = listed.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(given.map(({ id }) => id)));
      for (const account of given) expect(listed).toContainEqual(account);
    });

    it('goes on listing where it was when accounts are added meanwhile', async () => {
      const given = [await givenAccount(subject), await givenAccount(subject), await givenAccount(subject)];
      const listed = await listAll(subject, 2, () => givenAccount(subject));
      const ids = listed.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining(given.map(({ id }) => id)));
    });

    it('refuses a page that is not one of its own', async () => {
      const error = await failureOf(panel.list({ after: 'no such page', limit: 10 }, call()));
      expect(error.effect).toBe('none');
    });

    it('does nothing for a caller who has given up', async () => {
      const { id } = await givenAccount(subject);
      const gone = call(AbortSignal.abort());
      for (const attempt of [
        () => panel.probe(gone),
        () => panel.get(id, gone),
        () => panel.find({ by: 'email', email: 'a@example.com' }, gone),
        () => panel.list({ after: null, limit: 1 }, gone),
      ]) {
        expect((await failureOf(attempt())).effect).toBe('none');
      }
    });
  });
}

/** Reads page by page; `between` runs once, after the first page. */
async function listAll({ panel }: PanelUnderTest, limit: number, between?: () => Promise<unknown>): Promise<Account[]> {
  const accounts: Account[] = [];
  let after: string | null = null;
  let pages = 0;
  do {
    const page = await panel.list({ after, limit }, call());
    expect(page.accounts.length).toBeLessThanOrEqual(limit);
    accounts.push(...page.accounts);
    after = page.next;
    if (pages++ === 0) await between?.();
  } while (after !== null && pages < 10_000);
  return accounts;
}
