import { type Change, type EditAbility, PanelError, type PasswordAbility } from '../panel.ts';
import type { Connection } from './connection.ts';
import { notFound, rejected } from './failures.ts';
import { cleanValues, EDIT_FIELDS } from './fields.ts';
import { isId, type ReadUser, SETTLE_AFTER_MS } from './map.ts';
import { billsAfter } from './roles.ts';
import { findTaken } from './taken.ts';
import { changeUser, requireNoAdministratorBehind } from './users.ts';

const TRAITS = { idempotent: true, proof: 'state', settleAfterMs: SETTLE_AFTER_MS.account } as const;

export function editAbility(panel: Connection): EditAbility {
  return {
    traits: {
      ...TRAITS,
      effects: [
        'At Pterodactyl the username also becomes the first and the last name.',
        'A new e-mail counts as verified if the old one was.',
        billsAfter('Saving'),
      ],
      fields: EDIT_FIELDS,
    },
    async edit(accountId, values, change) {
      if (!isId(accountId)) throw notFound(accountId);
      const clean = cleanValues(EDIT_FIELDS, values, { complete: false });
      return changeUser(panel, accountId, change, async (before, save) => {
        const { email, username } = clean;
        const changed = {
          ...(email === undefined || email === before.email.toLowerCase() ? {} : { email }),
          ...(username === undefined || username === before.name ? {} : { username }),
        };
        if (Object.keys(changed).length === 0) return before;
        // The panel looks for others only after Pterodactyl has been given the new values.
        const taken = await findTaken(panel, changed, before.id, change);
        if (taken) throw new PanelError('conflict', 'none', `taken: ${taken}`, { detail: taken });
        if (changed.email !== undefined) await requireOwn(panel, before, change);
        const { username: name, ...others } = changed;
        return save({ ...others, ...(name === undefined ? {} : { name }) });
      });
    },
  };
}

/**
 * Who has the password or the e-mail has the user at Pterodactyl, too. Whoever CtrlPanel.gg calls an administrator is protected as one already.
 *
 * @throws PanelError `rejected`, effect `none`, for who administers Pterodactyl only
 */
async function requireOwn(panel: Connection, before: ReadUser, change: Change): Promise<void> {
  const isProtected = panel.roles.known(before.roles ?? []).some(({ administrator }) => administrator);
  if (!isProtected) await requireNoAdministratorBehind(panel, before, change);
}

const PASSWORD = { minLength: 8, maxLength: 191 } as const;

export function passwordAbility(panel: Connection): PasswordAbility {
  return {
    traits: { ...TRAITS, effects: ['It is the password of Pterodactyl, too.', billsAfter('Saving')], ...PASSWORD },
    async set(accountId, password, change) {
      const length = [...password].length;
      if (length < PASSWORD.minLength || length > PASSWORD.maxLength || password !== password.trim())
        throw rejected(
          'the password is not valid',
          `A password has ${PASSWORD.minLength} to ${PASSWORD.maxLength} characters, and no blank at its ends.`,
        );
      return changeUser(panel, accountId, change, async (before, save) => {
        await requireOwn(panel, before, change);
        return save({ password });
      });
    },
  };
}
