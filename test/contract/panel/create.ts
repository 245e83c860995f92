import { describe, expect, it } from 'vitest';
import { ACTS_TWICE, itWhere } from './it-where.ts';
import {
  call,
  change,
  failureOf,
  givenAccount,
  otherRequired,
  type PanelUnderTest,
  read,
  uniqueName,
  units,
} from './subject.ts';

/** Panels that create accounts. */
export function createContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { create } = panel;
  if (!create) return;
  const asks = (field: string) => create.traits.fields.some(({ name }) => name === field);
  const others = otherRequired(create.traits.fields);
  const values = (username = uniqueName()) => ({ ...others, email: `${username}@example.com`, username });

  describe('create', () => {
    it('makes an active account that is found by what it was given', async () => {
      const { email, username } = values();
      const created = await create.create({ ...others, email, username }, change());
      expect(created).toMatchObject({ panel: panel.id, email, username, status: 'active', administrator: false });
      expect(await read(panel, created)).toEqual(created);
      expect(await panel.find({ by: 'email', email }, call())).toEqual([created]);
    });

    it('takes e-mails in lower case, whatever was typed', async () => {
      const { email, username } = values();
      const created = await create.create({ ...others, email: email.toUpperCase(), username }, change());
      expect(created.email).toBe(email);
    });

    it('says which of e-mail and username is taken, in any case, and makes nothing', async () => {
      const account = await givenAccount(subject);
      const fresh = values();
      const taken = [
        ['email', { ...fresh, email: account.email }],
        ['email', { ...fresh, email: account.email.toUpperCase() }],
        ['username', { ...fresh, username: account.username }],
        ['username', { ...fresh, username: account.username.toUpperCase() }],
      ] as const;
      for (const [field, attempt] of taken) {
        const error = await failureOf(create.create(attempt, change()));
        expect(error).toMatchObject({ kind: 'conflict', effect: 'none', detail: field });
      }
      expect(await panel.find({ by: 'email', email: fresh.email }, call())).toEqual([]);
      expect(await panel.find({ by: 'username', username: fresh.username }, call())).toEqual([]);
    });

    it('makes one account of two that ask for the same username at once', async () => {
      const username = uniqueName();
      const attempts = await Promise.allSettled(
        [1, 2, 3].map((n) => create.create({ ...others, email: `${n}.${username}@example.com`, username }, change())),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await panel.find({ by: 'username', username }, call())).toHaveLength(1);
    });

    it('refuses values that its fields do not allow, and makes nothing', async () => {
      const { email, username } = values();
      const malformed = [
        {},
        { username },
        { email },
        { email: '', username },
        { email: 'no address', username },
        { email: 'a@b', username },
        { email: `${'a'.repeat(250)}@example.com`, username },
        { email: 'two@addresses@example.com', username },
        { email: 'nul\u0000@example.com', username },
        { email, username: '' },
        { email, username: 'a b' },
        { email, username: 'line\nbreak' },
        { email, username: 'nul\u0000' },
        { email, username: 'x'.repeat(256) },
        { email, username: '<@1234>' },
      ];
      for (const attempt of malformed) {
        const error = await failureOf(create.create({ ...others, ...attempt }, change()));
        expect(error, JSON.stringify(attempt)).toMatchObject({ kind: 'rejected', effect: 'none' });
      }
      expect(await panel.find({ by: 'email', email }, call())).toEqual([]);
      expect(await panel.find({ by: 'username', username }, call())).toEqual([]);
    });

    itWhere(asks('role') && panel.roles, 'the panel asks for no role')(
      'gives the role that was asked for, and refuses one that is not there',
      async () => {
        const [role] = (await panel.roles?.choices(call())) ?? [];
        const created = await create.create({ ...values(), role: role?.name ?? '' }, change());
        expect(created.roles).toEqual([role?.name]);
        const error = await failureOf(create.create({ ...values(), role: 'no such role' }, change()));
        expect(error).toMatchObject({ kind: 'rejected', effect: 'none' });
      },
    );

    itWhere(asks('credits') && panel.credits, 'the panel asks for no credits')(
      'starts with the credits that were asked for, to the last digit',
      async () => {
        const scale = panel.credits?.traits.unit.scale ?? 0;
        const created = await create.create({ ...values(), credits: `12.${'0'.repeat(scale - 1)}5` }, change());
        expect(created.balance?.minor).toBe(units(panel, 12).minor + 5n);
        for (const credits of ['-5', '1e9', '1,5', `0.${'0'.repeat(scale)}1`, 'many']) {
          const error = await failureOf(create.create({ ...values(), credits }, change()));
          expect(error, credits).toMatchObject({ kind: 'rejected', effect: 'none' });
        }
      },
    );

    itWhere(create.traits.idempotent, ACTS_TWICE)(
      'makes one account of a reference, however often it comes and whoever is first',
      async () => {
        const given = values();
        const reference = uniqueName();
        const created = await Promise.all([1, 2, 3].map(() => create.create(given, change(reference))));
        created.push(await create.create(given, change(reference)));
        expect(new Set(created.map(({ id }) => id)).size).toBe(1);
        expect(await panel.find({ by: 'email', email: given.email }, call())).toHaveLength(1);
      },
    );

    it('makes nothing for a caller who has given up', async () => {
      const given = values();
      const error = await failureOf(create.create(given, change(uniqueName(), AbortSignal.abort())));
      expect(error.effect).toBe('none');
      expect(await panel.find({ by: 'email', email: given.email }, call())).toEqual([]);
    });
  });
}
