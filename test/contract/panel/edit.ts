import { expect, it } from 'vitest';
import { describeWhere, itWhere } from './it-where.ts';
import { change, failureOf, givenAccount, type PanelUnderTest, read, uniqueName } from './subject.ts';

/** Panels that edit accounts and their roles. */
export function editContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { edit, roles } = panel;

  describeWhere(edit, 'the panel edits nothing')('edit', () => {
    if (!edit) return;

    it('changes what was given and leaves everything else alone', async () => {
      const account = await givenAccount(subject);
      const username = uniqueName();
      const edited = await edit.edit(account.id, { username }, change());
      expect(edited).toEqual({ ...account, username });
      expect(await read(panel, account)).toEqual(edited);
    });

    it('takes a new e-mail, in lower case', async () => {
      const account = await givenAccount(subject);
      const email = `${uniqueName()}@example.org`;
      expect(await edit.edit(account.id, { email: email.toUpperCase() }, change())).toMatchObject({ email });
    });

    it('says which of e-mail and username is taken, and changes nothing', async () => {
      const other = await givenAccount(subject);
      const account = await givenAccount(subject);
      for (const field of ['email', 'username'] as const) {
        const attempt = { name: 'New name', [field]: other[field].toUpperCase() };
        const error = await failureOf(edit.edit(account.id, attempt, change()));
        expect(error).toMatchObject({ kind: 'conflict', effect: 'none', detail: field });
      }
      expect(await read(panel, account)).toEqual(account);
    });

    it('lets an account keep its own e-mail and username', async () => {
      const account = await givenAccount(subject);
      const { email, username } = account;
      expect(await edit.edit(account.id, { email, username }, change())).toEqual(account);
    });

    it('refuses values that its fields do not allow, and changes nothing', async () => {
      const account = await givenAccount(subject);
      for (const attempt of [
        { email: 'no address' },
        { email: '' },
        { username: 'a b' },
        { username: '' },
        { username: 'nul\u0000' },
      ]) {
        const error = await failureOf(edit.edit(account.id, attempt, change()));
        expect(error, JSON.stringify(attempt)).toMatchObject({ kind: 'rejected', effect: 'none' });
      }
      expect(await read(panel, account)).toEqual(account);
    });
  });

  describeWhere(roles, 'the panel has no roles')('roles', () => {
    if (!roles) return;

    it('gives exactly the roles that were asked for, and marks administrators', async () => {
      const account = await givenAccount(subject);
      for (const choice of await roles.choices({ signal: new AbortController().signal })) {
        const changed = await roles.set(account.id, [choice.name], change());
        expect(changed).toEqual({ ...account, roles: [choice.name], administrator: choice.administrator });
        expect(await read(panel, account)).toEqual(changed);
      }
    });

    itWhere(roles.traits.several, 'an account has one role')('gives several roles at once', async () => {
      const account = await givenAccount(subject);
      const names = (await roles.choices({ signal: new AbortController().signal })).map(({ name }) => name);
      const changed = await roles.set(account.id, names, change());
      expect([...changed.roles].sort()).toEqual([...names].sort());
    });

    it('refuses a role that is not there, and changes nothing', async () => {
      const account = await givenAccount(subject);
      const error = await failureOf(roles.set(account.id, ['no such role'], change()));
      expect(error).toMatchObject({ kind: 'rejected', effect: 'none' });
      expect(await read(panel, account)).toEqual(account);
    });
  });

  describeWhere(panel.verification, 'the panel verifies nothing')('verification', () => {
    it('verifies, and changes nothing else', async () => {
      const account = await givenAccount(subject);
      expect(account.verified).toBe(false);
      const verified = await panel.verification?.verify(account.id, change());
      expect(verified).toEqual({ ...account, verified: true });
      expect(await read(panel, account)).toEqual(verified);
    });
  });
}
