import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import type { Change, Field, FieldValues, Panel, Traits } from '../../../src/panels/panel.ts';
import { ACTS_TWICE, itWhere, NO_RECEIPTS } from './it-where.ts';
import {
  call,
  change,
  failureOf,
  givenAccount,
  oddIds,
  type PanelUnderTest,
  read,
  uniqueName,
  units,
} from './subject.ts';

/** One change that can be made to an account which `given` has made ready for it. */
interface AccountChange {
  readonly name: string;
  readonly traits: Traits;
  given(account: Account): Promise<unknown>;
  make(accountId: string, change: Change): Promise<unknown>;
}

/** What holds for every change of an existing account, whichever it is. */
export function everyChangeContract(subject: PanelUnderTest): void {
  const { panel } = subject;

  describe.each(changesOf(panel))('$name', ({ name, traits, given, make }) => {
    async function ready(): Promise<Account> {
      const account = await givenAccount(subject);
      await given(account);
      return read(panel, account);
    }
    const now = (account: Account) => panel.get(account.id, call());

    it('knows no account by an id of another form', async () => {
      const account = await ready();
      for (const id of [...oddIds(account), ...subject.absentIds]) {
        const error = await failureOf(make(id, change()));
        expect(error, JSON.stringify(id)).toMatchObject({ kind: 'not_found', effect: 'none' });
      }
      expect(await now(account)).toEqual(account);
    });

    it('changes nothing for a caller who has given up', async () => {
      const account = await ready();
      const error = await failureOf(make(account.id, change(uniqueName(), AbortSignal.abort())));
      expect(error.effect).toBe('none');
      expect(await now(account)).toEqual(account);
    });

    itWhere(traits.idempotent, ACTS_TWICE)('acts once by reference', async () => {
      const account = await ready();
      const reference = uniqueName();
      const first = await make(account.id, change(reference));
      const changed = await now(account);
      expect(await make(account.id, change(reference))).toEqual(first);
      expect(await now(account)).toEqual(changed);
    });

    itWhere(traits.idempotent && traits.proof === 'reference', NO_RECEIPTS)(
      'does not take the reference of another account’s change for its own',
      async () => {
        const account = await ready();
        const other = await ready();
        const reference = uniqueName();
        await make(other.id, change(reference));
        const error = await failureOf(make(account.id, change(reference)));
        expect(error).toMatchObject({ kind: 'conflict', effect: 'none' });
        expect(await now(account)).toEqual(account);
      },
    );

    itWhere(panel.deletion && name !== 'restoration.restore', 'it cannot be deleted, or is what brings it back')(
      'is refused for a deleted account',
      async () => {
        const account = await ready();
        await panel.deletion?.delete(account.id, change());
        const deleted = await now(account);
        const error = await failureOf(make(account.id, change()));
        expect(['rejected', 'not_found']).toContain(error.kind);
        expect(error.effect).toBe('none');
        expect(await now(account)).toEqual(deleted);
      },
    );
  });
}

function changesOf(panel: Panel): readonly AccountChange[] {
  const { edit, credits, suspension, deletion, restoration, roles, verification } = panel;
  const nothing = async () => undefined;
  const changes: AccountChange[] = [];
  if (edit) {
    changes.push({
      name: 'edit.edit',
      traits: edit.traits,
      given: nothing,
      make: (id, change) => edit.edit(id, harmlessEdit(edit.traits.fields, change), change),
    });
  }
  if (credits) {
    const { traits } = credits;
    const one = units(panel, 1);
    changes.push(
      { name: 'credits.add', traits, given: nothing, make: (id, change) => credits.add(id, one, change) },
      { name: 'credits.remove', traits, given: nothing, make: (id, change) => credits.remove(id, one, change) },
      {
        name: 'credits.set',
        traits,
        given: nothing,
        make: (id, change) => credits.set(id, one, units(panel, 10), change),
      },
    );
  }
  if (suspension) {
    const { traits } = suspension;
    const suspended = ({ id }: Account) => suspension.suspend(id, 'chargeback', change());
    changes.push(
      {
        name: 'suspension.suspend',
        traits,
        given: nothing,
        make: (id, change) => suspension.suspend(id, 'spam', change),
      },
      {
        name: 'suspension.unsuspend',
        traits,
        given: suspended,
        make: (id, change) => suspension.unsuspend(id, change),
      },
    );
  }
  if (deletion) {
    const { traits } = deletion;
    changes.push({
      name: 'deletion.delete',
      traits,
      given: nothing,
      make: (id, change) => deletion.delete(id, change),
    });
  }
  if (deletion && restoration) {
    changes.push({
      name: 'restoration.restore',
      traits: restoration.traits,
      given: ({ id }) => deletion.delete(id, change()),
      make: (id, change) => restoration.restore(id, 'active', change),
    });
  }
  if (roles) {
    const { traits } = roles;
    const set = async (id: string, change: Change) => {
      const [role] = await roles.choices(call());
      return roles.set(id, role ? [role.name] : [], change);
    };
    changes.push({ name: 'roles.set', traits, given: nothing, make: set });
  }
  const { password, notifications, serverLimit } = panel;
  if (password) {
    const { traits } = password;
    changes.push({
      name: 'password.set',
      traits,
      given: nothing,
      make: (id, change) => password.set(id, 'Correct-horse-9-battery', change),
    });
  }
  if (notifications) {
    const { traits } = notifications;
    const message = { title: 'Maintenance', text: 'Tonight at ten.' };
    changes.push({
      name: 'notifications.notify',
      traits,
      given: nothing,
      make: (id, change) => notifications.notify(id, message, change),
    });
  }
  if (serverLimit) {
    const { traits } = serverLimit;
    const one = ({ id }: Account) => serverLimit.add(id, 1, change());
    changes.push(
      {
        name: 'serverLimit.add',
        traits,
        given: nothing,
        make: (id, change) => serverLimit.add(id, 1, change),
      },
      {
        name: 'serverLimit.remove',
        traits,
        given: one,
        make: (id, change) => serverLimit.remove(id, 1, change),
      },
      {
        name: 'serverLimit.set',
        traits,
        given: nothing,
        make: (id, change) => serverLimit.set(id, 3, 1, change),
      },
    );
  }
  if (verification) {
    const { traits } = verification;
    changes.push({
      name: 'verification.verify',
      traits,
      given: nothing,
      make: (id, change) => verification.verify(id, change),
    });
  }
  return changes;
}

/** A change that disturbs nobody, the same for the same reference: of a name where there is one, else of the username. */
function harmlessEdit(fields: readonly Field[], { reference }: Change): FieldValues {
  const name = (['name', 'firstName'] as const).find((wanted) => fields.some((field) => field.name === wanted));
  return name ? { [name]: 'Ada Example' } : { username: `n${reference.replaceAll('-', '').slice(0, 16)}` };
}
