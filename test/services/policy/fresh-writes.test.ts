/** A process that has not heard yet that a right was taken must find it gone in the transaction of whatever it is about to change. */
import { expect, test } from 'vitest';
import { Refusal } from '../../../src/domain/refusal.ts';
import type { Context } from '../../../src/services/context.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { removeLink } from '../../../src/services/links/remove.ts';
import { setLink } from '../../../src/services/links/set.ts';
import { addNote } from '../../../src/services/notes/add.ts';
import { withdrawNote } from '../../../src/services/notes/withdraw.ts';
import { grantPermission } from '../../../src/services/policy/grant.ts';
import { changeSettings } from '../../../src/services/settings/change.ts';
import { testStore } from '../../harness/database.ts';
import { fingerprint } from '../../harness/records.ts';
import { contextOf, giveGrant, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const ACTOR = '800';
const MEMBER = '801';
const OTHER = '802';

const store = await testStore();
const panel = createTestPanel();
const services = await testServices(store, { panels: [panel.panel], roles: { [MEMBER]: [], [OTHER]: [] } });
await giveGrant(services, { userId: ACTOR, preset: 'administrator' });
await giveGrant(services, { userId: ACTOR, permission: 'policy.manage' });
await giveGrant(services, { userId: ACTOR, permission: 'settings.manage' });

const linked = panel.add({ username: 'linked', email: 'linked@example.com' });
const free = panel.add({ username: 'free', email: 'free@example.com' });
const on = ({ id }: { id: string }) => ({ panel: 'test', accountId: id });
await setLink(contextOf(services, ACTOR), { target: on(linked), memberId: MEMBER });
await addNote(contextOf(services, ACTOR), { target: on(linked), text: 'A note' });

const remembered = services.policy.current();
await store.sql`update grants set revoked_at = now(), revoked_by = 'test'`;
const unaware = { ...services, policy: { ...services.policy, current: () => remembered } };

test.each<[string, (ctx: Context) => Promise<unknown>]>([
  ['credits are given', (ctx) => grantCredits(ctx, { target: on(free), amount: '1', reason: 'Too late' })],
  ['a link is set', (ctx) => setLink(ctx, { target: on(free), memberId: OTHER })],
  ['a link is removed', (ctx) => removeLink(ctx, { target: on(linked) })],
  ['a note is added', (ctx) => addNote(ctx, { target: on(linked), text: 'Too late' })],
  ['a note is withdrawn', (ctx) => withdrawNote(ctx, { id: 1 })],
  ['a setting is changed', (ctx) => changeSettings(ctx, { reasons: ['Too late'] })],
  [
    'a right is granted',
    (ctx) =>
      grantPermission(ctx, {
        subject: { kind: 'user', id: MEMBER },
        permission: 'accounts.view',
        preset: null,
        panel: null,
        perAct: null,
        perDay: null,
      }),
  ],
])('nothing is changed when %s', async (_name, change) => {
  const before = await fingerprint(store);
  const error = await change(contextOf(unaware, ACTOR)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).code).toBe('policy.denied');
  const { directory: _, ...after } = await fingerprint(store);
  expect(before).toMatchObject(after);
});
