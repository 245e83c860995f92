/** Why somebody cannot log in, and its mend. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountDetails } from '../../src/domain/account.ts';
import type { Finding } from '../../src/panels/panel.ts';
import { recordAccounts } from '../../src/services/directory/record.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';

let findings: readonly Finding[] | 'down' = [];
const panel = createTestPanel();
Object.assign(panel.panel, {
  diagnosis: {
    async diagnose(accountId: string, call: { readonly signal: AbortSignal }) {
      if (findings === 'down') return panel.panel.deletion?.preview(accountId, call);
      return findings;
    },
  },
});
const house = await startHouse({ panel: 'test', panels: [panel.panel] });
const { services, store, ada, mira, sam, jo, alex } = house;

let count = 0;

/** An account in which nothing is wrong, but for what is said; the bot has seen it. */
async function account(changes: { verified?: boolean; roles?: readonly string[]; details?: AccountDetails } = {}) {
  count += 1;
  const username = `lodger${count}`;
  const made = panel.add({ email: `${username}@example.com`, username, verified: true, ...changes });
  await recordAccounts(services, [made]);
  return { id: made.id, username, reference: `test/${made.id}` };
}

const past = () => ({
  signal: AbortSignal.timeout(5_000),
  reference: randomUUID(),
  step: <R>(_: string, run: () => Promise<R>) => run(),
});

const diagnose = (reference: string, who = ada) => who.types('user diagnose', { account: reference });

beforeEach(async () => {
  findings = [];
  await store.sql`update links set removed_at = now() where removed_at is null`;
});

test('where nothing is wrong, it says so, and what else to ask the member', async () => {
  const { reference, username } = await account();
  const seen = await diagnose(reference);
  expect(seen.isPrivate).toBe(true);
  expect(seen.text).toContain(`Why can ${username} not log in?`);
  expect(seen.text).toContain('Nothing keeps them out that can be seen from here.');
  expect(seen.text).toContain('whether Caps Lock is on');
  expect(seen.actions).toEqual(['Open card', 'New password…']);
});

describe('each reason has its mend', () => {
  test('a suspension, by whom and why, is lifted', async () => {
    const { id, reference } = await account();
    await mira.types('user suspend', { account: reference, reason: 'Chargeback' });
    const seen = await diagnose(reference);
    expect(seen.text).toMatch(/Suspended by @mira ‹when›, for: Chargeback \(#\d+\)/);
    const done = await ada.presses(seen, 'Lift suspension');
    expect(done.text).toContain('Suspension lifted');
    expect(panel.read(id).status).toBe('active');
    expect((await diagnose(reference)).text).toContain('Nothing keeps them out that can be seen');
  });

  test('an account that was suspended elsewhere is one of which Steward does not know why', async () => {
    const { id, reference } = await account();
    await panel.panel.suspension?.suspend(id, 'Abuse', past());
    const seen = await diagnose(reference);
    expect(seen.text).toContain('The account is suspended in the panel; Steward does not know why.');
    expect(seen.actions).toContain('Lift suspension');
  });

  test('a deleted account is restored', async () => {
    const { id, reference } = await account();
    await panel.panel.deletion?.delete(id, past());
    const seen = await diagnose(reference);
    expect(seen.text).toContain('The account is deleted.');
    expect(seen.actions).toEqual(['Restore', 'Open card']);
    await ada.presses(seen, 'Restore');
    expect(panel.read(id).status).toBe('active');
  });

  test('a deletion that is scheduled is called off', async () => {
    const { id, reference, username } = await account();
    await ada.goesOn(await ada.types('user delete', { account: reference, reason: 'Asked for it' }), { username });
    const seen = await diagnose(reference);
    expect(seen.text).toContain('Deletion scheduled by @ada');
    expect(seen.text).not.toContain('The account is suspended');
    await ada.presses(seen, 'Keep account');
    expect(panel.read(id).status).toBe('active');
  });

  test('an address that is not confirmed is marked as verified', async () => {
    const { id, reference } = await account({ verified: false });
    const seen = await diagnose(reference);
    expect(seen.text).toContain('The e-mail address is not confirmed');
    await ada.presses(seen, 'Mark e-mail as verified');
    expect(panel.read(id).verified).toBe(true);
  });

  test('an account without a role is given one, where its panel says that it needs one', async () => {
    const { id, reference } = await account({ roles: [] });
    expect((await diagnose(reference)).text).toContain('Nothing keeps them out');
    findings = [{ code: 'no_role', detail: null }];
    const seen = await diagnose(reference);
    expect(seen.text).toContain('The account has no role');
    const form = await ada.presses(seen, 'Give a role…');
    await ada.sends(form, { change: ['add'], role: 'client' });
    expect(panel.read(id).roles).toEqual(['client']);
  });

  test('what came of a change is not known: it is shown, and what rests until then is not offered', async () => {
    const { id, reference } = await account();
    await panel.panel.suspension?.suspend(id, 'Abuse', past());
    panel.failNext('unsuspend', { kind: 'timeout', acts: 'never' });
    await ada.types('user unsuspend', { account: reference });
    const seen = await diagnose(reference);
    expect(seen.text).toMatch(/It is not known whether this happened: Suspension lifted \(#\d+\)/);
    expect(seen.text).toContain('It can be mended once it is known what came of the last change.');
    expect(seen.actions).not.toContain('Lift suspension');
    expect((await ada.presses(seen, 'Show it')).text).toContain('Not known whether it happened');
  });

  test('a second factor is told of', async () => {
    const { reference } = await account({ details: { twoFactor: true } });
    expect((await diagnose(reference)).text).toContain('It asks for a second factor.');
  });

  test('a new password that nobody has looked at', async () => {
    const { reference, username } = await account();
    await ada.types('user password', { account: reference, reason: 'Lost it' });
    expect((await diagnose(reference)).text).toContain('and nobody has looked at it');
    await store.sql`delete from secrets`;
    const seen = await diagnose(username);
    expect(seen.text).toContain('they may be typing the old one');
    const form = await ada.presses(seen, 'New password…');
    expect(form.fields).toContain('reason');
  });

  test('the member has another account', async () => {
    const [meant, theirs] = [await account(), await account()];
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${theirs.id}, ${jo.id}, 'code', 'test')`;
    const seen = await ada.types('user diagnose', { account: meant.reference, member: jo.id });
    expect(seen.text).toContain(`they are linked to ${theirs.username}`);
    const other = await ada.presses(seen, 'Look at that one');
    expect(other.text).toContain(`Why can ${theirs.username} not log in?`);
  });
});

describe('what the panel says', () => {
  test('is told, each reason once, the most blocking first', async () => {
    const { reference } = await account({ verified: false });
    findings = [
      { code: 'no_servers', detail: null },
      { code: 'unverified', detail: 'The mail came back.' },
      { code: 'half_created', detail: 'There is no account behind it.' },
    ];
    const { text } = await diagnose(reference);
    const places = ['made only in part', 'not confirmed', 'They have no servers'].map((words) => text.indexOf(words));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(text).toContain('“The mail came back.”');
    expect(text.match(/not confirmed/g)).toHaveLength(1);
  });

  test('is missing where it does not answer, and that is said', async () => {
    const { reference } = await account({ verified: false });
    findings = 'down';
    panel.failNext('deletion.preview', { kind: 'refuse', failure: 'unreachable' });
    const { text } = await diagnose(reference);
    expect(text).toContain('Test panel cannot be reached right now. It may know of more reasons than these.');
    expect(text).toContain('not confirmed');
  });

  test('is not asked for where it does not answer at all: the account is as it was last seen', async () => {
    const { reference } = await account({ verified: false });
    panel.failNext('get', { kind: 'refuse', failure: 'unreachable' });
    const seen = await diagnose(reference);
    expect(seen.text).toContain('Test panel cannot be reached right now. This is how the account was ‹when›.');
    expect(seen.text).toContain('not confirmed');
    expect(seen.text).toContain('It can be mended once the panel answers.');
    expect(seen.actions).toEqual(['Open card']);
  });
});

describe('where there is no such account', () => {
  test('those with names like it are offered, and looked at', async () => {
    await recordAccounts(services, [panel.add({ email: 'marguerite@example.com', username: 'marguerite' })]);
    const seen = await diagnose('margeurite@example.com');
    expect(seen.text).toContain('No panel has an account “margeurite@example.com”.');
    expect(seen.text).toContain('These have names like it:');
    const other = await ada.picks(seen, 'Look at one of them…', 'marguerite');
    expect(other.text).toContain('Why can marguerite not log in?');
  });

  test('nothing is made up where no name is like it', async () => {
    const { text } = await diagnose('xqzjwv@example.com');
    expect(text).toContain('None has a name like it either.');
  });

  test('one of which it is not known whether it was made is told of', async () => {
    panel.failNext('create', { kind: 'timeout', acts: 'never' });
    await ada.types('user create', { email: 'halfway@example.com', username: 'halfway' });
    const seen = await diagnose('halfway');
    expect(seen.text).toMatch(/It may have been made only in part: what came of #\d+ is not known/);
    expect(seen.actions).toContain('Show it');
  });

  test('one that the panel has no more is told of as gone', async () => {
    const { reference } = await account();
    await store.sql`update directory set account_id = 'u-999' where account_id = ${reference.slice('test/'.length)}`;
    const seen = await diagnose('test/u-999');
    expect(seen.text).toContain('The panel has no such account any more.');
    expect(seen.actions).toEqual(['Open card']);
  });

  test('a member who is linked to none may be linked', async () => {
    const seen = await ada.types('user diagnose', { member: alex.id });
    expect(seen.text).toContain('@alex is not linked to an account in Test panel.');
    expect(seen.actions).toContain('Link to…');
  });
});

test('who may not mend it reads who does, and what a panel cannot do is mended there', async () => {
  const { id, reference } = await account({ verified: false });
  await panel.panel.suspension?.suspend(id, 'Abuse', past());
  const seen = await diagnose(reference, sam);
  expect(seen.actions).toEqual(['Open card']);
  expect(seen.text).toContain('Mended by somebody of the team who may suspend accounts and lift suspensions.');
  panel.setAbility('verification', false);
  try {
    expect((await diagnose(reference)).text).toMatch(/not confirmed.*That is mended in the panel itself\./);
  } finally {
    panel.setAbility('verification', true);
  }
});

test('it is offered on the card, and changes nothing', async () => {
  const { reference } = await account();
  const card = await ada.types('user view', { account: reference });
  const changed = await house.changedBy(() => ada.presses(card, 'Cannot log in?'));
  expect(changed).toEqual({});
});
