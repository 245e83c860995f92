import { describe, expect, it } from 'vitest';
import type { Services } from '../../../src/services/context.ts';
import { recordAccounts } from '../../../src/services/directory/record.ts';
import { importLinks } from '../../../src/services/links/import.ts';
import { previewImport } from '../../../src/services/links/preview-import.ts';
import { removeLink } from '../../../src/services/links/remove.ts';
import { setLink } from '../../../src/services/links/set.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel, type TestPanelOptions } from '../../harness/test-panel.ts';

const store = await testStore();
const MIRA = '900000000000000021';

let panels = 0;

/** A panel whose accounts the directory has read; everybody is in the guild but who is named in `absent`. */
async function scene(options: TestPanelOptions = {}, absent: readonly string[] = []) {
  panels += 1;
  const panel = createTestPanel({ id: `i${panels}`, ...options });
  const made = await testServices(store, { panels: [panel.panel] });
  const services: Services = {
    ...made,
    members: { ...made.members, rolesOf: async (userId) => (absent.includes(userId) ? null : []) },
  };
  await giveGrant(services, { userId: MIRA, preset: 'moderator', panel: panel.panel.id });
  let accounts = 0;
  return {
    panel,
    services,
    id: panel.panel.id,
    mira: (origin?: string) => contextOf(services, MIRA, origin ? { origin } : {}),
    async account(discordId: string | null, roles?: readonly string[]) {
      accounts += 1;
      const account = panel.add({
        ...{ email: `a${accounts}@example.com`, username: `account${accounts}`, discordId },
        ...(roles ? { roles } : {}),
      });
      await recordAccounts(services, [account]);
      return { panel: account.panel, accountId: account.id };
    },
    links: () =>
      store.sql<{ account_id: string; user_id: string; proof: string; created_by: string }[]>`
        select account_id, user_id, proof, created_by from links
        where panel = ${panel.panel.id} and removed_at is null order by account_id`,
    audited: async () =>
      (await store.sql`select from audit where panel = ${panel.panel.id} and action = 'link.set'`).length,
  };
}

const user = (number: number) => String(800000000000000000n + BigInt(number));
const counts = async ({ mira, id }: Awaited<ReturnType<typeof scene>>) =>
  Object.fromEntries(
    Object.entries((await previewImport(mira(), { panel: id })).found).map(([verdict, { count }]) => [verdict, count]),
  );

describe('an import of links', () => {
  it('leaves apart whom somebody has taken the very link from, and what can be nobody’s id', async () => {
    const here = await scene();
    const apart = await here.account(user(71));
    await here.account(user(72));
    await here.account('12');
    await here.account('99999999999999999999');
    await setLink(here.mira(), { target: apart, memberId: user(71) });
    await removeLink(here.mira(), { target: apart });
    expect(await counts(here)).toEqual({ free: 1, removed: 1 });
    expect((await importLinks(here.mira(), { panel: here.id, after: '' })).linked).toBe(1);
    expect((await here.links()).map(({ user_id }) => user_id)).toEqual([user(72)]);
    await setLink(here.mira(), { target: apart, memberId: user(71) });
    expect(await counts(here)).toEqual({ linked: 2 });
  });

  it('says before what it would do, and of each kind names the first few', async () => {
    const here = await scene();
    const [free, linked] = [await here.account(user(1)), await here.account(user(2))];
    const [taken, wandering, elsewhere] = [
      await here.account(user(3)),
      await here.account(user(4)),
      await here.account(null),
    ];
    await setLink(here.mira(), { target: linked, memberId: user(2) });
    // Linked here before its owner told the panel otherwise.
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${taken.panel}, ${taken.accountId}, ${user(30)}, 'staff', 'test')`;
    await setLink(here.mira(), { target: elsewhere, memberId: user(4) });
    await here.account(MIRA);
    for (const _ of [1, 2, 3, 4]) await here.account(user(5));
    await here.account(user(6), ['root']);
    await here.account('not a user');
    const expected = { free: 1, linked: 1, own: 1, account_taken: 1, member_taken: 1, shared: 4, protected: 1 };
    expect(await counts(here)).toEqual(expected);
    const { found, proves, readAt } = await previewImport(here.mira(), { panel: here.id });
    expect(found.free?.first).toEqual([{ accountId: free.accountId, username: 'account1', userId: user(1) }]);
    expect(found.member_taken?.first).toMatchObject([{ accountId: wandering.accountId }]);
    expect(found.shared?.first).toHaveLength(3);
    expect([proves, readAt]).toEqual([true, null]);
  });

  it('links what is free and nothing else, as proven to the panel, each with a row in the audit log', async () => {
    const here = await scene({}, [user(3)]);
    const [first, second] = [await here.account(user(1)), await here.account(user(2))];
    await here.account(user(3));
    await here.account(MIRA);
    await here.account(user(5));
    await here.account(user(5));
    const pass = await importLinks(here.mira(), { panel: here.id, after: '' });
    expect(pass).toMatchObject({ linked: 2, absent: [{ userId: user(3) }], next: null });
    expect(await here.links()).toEqual([
      { account_id: first.accountId, user_id: user(1), proof: 'panel', created_by: MIRA },
      { account_id: second.accountId, user_id: user(2), proof: 'panel', created_by: MIRA },
    ]);
    expect(await here.audited()).toBe(2);
  });

  it('marks as unproven what somebody has only written down', async () => {
    const here = await scene({ keepsDiscordIds: true });
    await here.account(user(1));
    await importLinks(here.mira(), { panel: here.id, after: '' });
    expect(await here.links()).toMatchObject([{ proof: 'staff' }]);
  });

  it('happens once, however often the request is delivered, and brings back nothing that was removed since', async () => {
    const here = await scene();
    const target = await here.account(user(1));
    await here.account(user(2));
    const run = () => importLinks(here.mira(`import ${here.id}`), { panel: here.id, after: '' });
    const passes = await Promise.all([run(), run(), run()]);
    expect(passes.map(({ linked }) => linked)).toEqual([2, 2, 2]);
    await removeLink(here.mira(), { target });
    expect(await run()).toMatchObject({ linked: 2 });
    expect(await here.links()).toMatchObject([{ user_id: user(2) }]);
    expect(await here.audited()).toBe(2);
  });

  it('acts on one press of two, also at the same moment', async () => {
    const here = await scene();
    await here.account(user(1));
    const press = (interactionId: string) =>
      refusal(
        importLinks(
          contextOf(here.services, MIRA, { press: { key: `press ${here.id}`, group: 'import', interactionId } }),
          { panel: here.id, after: '' },
        ),
      );
    expect((await Promise.all([press('1'), press('2')])).toSorted()).toEqual(['none', 'press.used']);
    expect(await here.audited()).toBe(1);
  });

  it('goes on where it has stopped, until all are linked', async () => {
    const here = await scene();
    const accounts = Array.from({ length: 1_001 }, (_, number) =>
      here.panel.add({ email: `m${number}@example.com`, username: `many${number}`, discordId: user(1_000 + number) }),
    );
    await recordAccounts(here.services, accounts);
    const linked: number[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const pass: { linked: number; next: string | null } = await importLinks(here.mira(), { panel: here.id, after });
      linked.push(pass.linked);
      after = pass.next;
    }
    expect(linked).toEqual([500, 500, 1]);
    expect(await here.links()).toHaveLength(1_001);
    expect(await counts(here)).toEqual({ linked: 1_001 });
  });

  it('needs its right on that panel, and a panel that holds Discord users', async () => {
    const here = await scene();
    const there = await scene();
    await here.account(user(1));
    const stranger = contextOf(here.services, '900000000000000099');
    expect(await refusal(previewImport(stranger, { panel: here.id }))).toBe('policy.denied');
    expect(await refusal(importLinks(stranger, { panel: here.id, after: '' }))).toBe('policy.denied');
    there.panel.setAbility('discordLinks', false);
    expect(await refusal(previewImport(there.mira(), { panel: there.id }))).toBe('ability.missing');
    expect(await here.links()).toEqual([]);
  });

  it('takes administrators of the panel where the actor may act on them', async () => {
    const here = await scene();
    await here.account(user(1), ['root']);
    expect(await importLinks(contextOf(here.services, OWNER), { panel: here.id, after: '' })).toMatchObject({
      linked: 1,
    });
  });
});

describe('a link that is set or removed', () => {
  it('is written down at a panel that takes it, and cleared there', async () => {
    const here = await scene({ keepsDiscordIds: true });
    const target = await here.account(null);
    expect(await setLink(here.mira(), { target, memberId: user(1) })).toMatchObject({ kept: { kind: 'kept' } });
    expect(here.panel.read(target.accountId).discordId).toBe(user(1));
    expect(await removeLink(here.mira(), { target })).toMatchObject({ kept: { kind: 'kept' } });
    expect(here.panel.read(target.accountId).discordId).toBeNull();
    const operations = await store.sql`select verb, state from operations where panel = ${here.id}`;
    expect(operations).toEqual([
      { verb: 'account.discord', state: 'succeeded' },
      { verb: 'account.discord', state: 'succeeded' },
    ]);
  });

  it('is written down once by a request that is delivered again', async () => {
    const here = await scene({ keepsDiscordIds: true });
    const target = await here.account(null);
    const set = () => setLink(here.mira(`keep ${here.id}`), { target, memberId: user(1) });
    await set();
    await set();
    expect(here.panel.journal).toHaveLength(1);
  });

  it('stands, though the panel refuses it or does not say', async () => {
    const here = await scene({ keepsDiscordIds: true });
    const [refused, unknown] = [await here.account(null), await here.account(null)];
    here.panel.failNext('discord.keep', { kind: 'refuse' });
    const { kept } = await setLink(here.mira(), { target: refused, memberId: user(1) });
    expect(kept).toMatchObject({ refusal: { code: 'panel.failed' } });
    here.panel.failNext('discord.keep', { kind: 'timeout', acts: 'before' });
    expect(await setLink(here.mira(), { target: unknown, memberId: user(2) })).toMatchObject({
      kept: { kind: 'unknown' },
    });
    expect((await here.links()).map(({ user_id: userId }) => userId)).toEqual([user(1), user(2)]);
  });

  it('leaves alone what the panel holds of somebody else', async () => {
    const here = await scene({ keepsDiscordIds: true });
    const target = await here.account(user(9));
    await setLink(here.mira(), { target, memberId: user(9) });
    here.panel.prove(target.accountId, user(8));
    expect(await removeLink(here.mira(), { target })).toMatchObject({ kept: null });
    expect(here.panel.read(target.accountId).discordId).toBe(user(8));
  });
});
