import { describe, expect, it } from 'vitest';
import { recordAccounts } from '../../../src/services/directory/record.ts';
import { addNote } from '../../../src/services/notes/add.ts';
import { listNotes } from '../../../src/services/notes/list.ts';
import { withdrawNote } from '../../../src/services/notes/withdraw.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MIRA = '900000000000000021';
const SAM = '900000000000000022';
const STRANGER = '900000000000000023';

const store = await testStore();
const test = createTestPanel();
const services = await testServices(store, { panels: [test.panel] });
await giveGrant(services, { userId: MIRA, preset: 'moderator' });
await giveGrant(services, { userId: SAM, permission: 'accounts.notes' });

let accounts = 0;
async function newTarget() {
  accounts += 1;
  const account = test.add({ email: `n${accounts}@example.com`, username: `noted${accounts}` });
  await recordAccounts(services, [account]);
  return { panel: 'test', accountId: account.id };
}

const ofActor = (userId: string, origin?: string) => contextOf(services, userId, origin ? { origin } : {});
const textsOf = async (target: { panel: string; accountId: string }) =>
  (await listNotes(ofActor(OWNER), target)).notes.map(({ text }) => text);
const auditCount = async (action: string, accountId: string) =>
  (await store.sql`select from audit where action = ${action} and account_id = ${accountId}`).length;

describe('notes', () => {
  it('are listed newest first, with their authors', async () => {
    const target = await newTarget();
    await addNote(ofActor(MIRA), { target, text: ' Paid by *bank* transfer ' });
    await addNote(ofActor(SAM), { target, text: 'Called back' });
    const { account, notes } = await listNotes(ofActor(MIRA), target);
    expect(account).toMatchObject({ ...target, username: `noted${accounts}` });
    expect(notes).toMatchObject([
      { text: 'Called back', authorId: SAM, withdrawnAt: null },
      { text: 'Paid by *bank* transfer', authorId: MIRA, withdrawnAt: null },
    ]);
  });

  it('are added once by a request that is delivered again, also at the same time', async () => {
    const target = await newTarget();
    await Promise.all(
      [1, 2, 3].map(() => addNote(ofActor(MIRA, `twice-${target.accountId}`), { target, text: 'Once' })),
    );
    expect(await textsOf(target)).toEqual(['Once']);
    expect(await auditCount('note.add', target.accountId)).toBe(1);
  });

  it('are refused when they are empty, too long, or of an account that is not there', async () => {
    const target = await newTarget();
    const add = (text: string, to = target) => addNote(ofActor(MIRA), { target: to, text });
    await expect(add(' \u0000\n')).rejects.toMatchObject({ code: 'input.invalid', parameters: { problem: 'missing' } });
    await expect(add('x'.repeat(1_001))).rejects.toMatchObject({
      code: 'input.invalid',
      parameters: { problem: 'too_long' },
    });
    await expect(add('Hello', { panel: 'test', accountId: 'u-999' })).rejects.toMatchObject({ code: 'target.unknown' });
    await add('\u{1f980}'.repeat(1_000));
    expect(await textsOf(target)).toHaveLength(1);
  });

  it('are withdrawn by their author, once, and stay as withdrawn', async () => {
    const target = await newTarget();
    await addNote(ofActor(SAM), { target, text: 'Wrong account' });
    const [note] = (await listNotes(ofActor(SAM), target)).notes;
    await withdrawNote(ofActor(SAM), { id: note?.id ?? 0 });
    await withdrawNote(ofActor(SAM), { id: note?.id ?? 0 });
    expect((await listNotes(ofActor(MIRA), target)).notes).toMatchObject([
      { text: 'Wrong account', withdrawnBy: SAM, withdrawnAt: expect.any(Date) },
    ]);
    expect(await auditCount('note.withdraw', target.accountId)).toBe(1);
  });

  it('are withdrawn by nobody else but an owner', async () => {
    const target = await newTarget();
    await addNote(ofActor(SAM), { target, text: 'Mine' });
    const id = (await listNotes(ofActor(SAM), target)).notes[0]?.id ?? 0;
    await expect(withdrawNote(ofActor(MIRA), { id })).rejects.toMatchObject({ code: 'note.foreign' });
    await withdrawNote(ofActor(OWNER), { id });
    await expect(withdrawNote(ofActor(SAM), { id })).rejects.toMatchObject({ code: 'note.withdrawn' });
  });

  it('are neither read, added nor withdrawn without the permission', async () => {
    const target = await newTarget();
    await addNote(ofActor(MIRA), { target, text: 'Secret' });
    const id = (await listNotes(ofActor(MIRA), target)).notes[0]?.id ?? 0;
    for (const attempt of [
      () => listNotes(ofActor(STRANGER), target),
      () => addNote(ofActor(STRANGER), { target, text: 'Hello' }),
      () => withdrawNote(ofActor(STRANGER), { id }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'policy.denied' });
    }
    expect(await textsOf(target)).toEqual(['Secret']);
  });

  it('keep their text out of the rows of the audit log', async () => {
    const target = await newTarget();
    await addNote(ofActor(MIRA), { target, text: 'canary of a note' });
    const rows = await store.sql`select * from audit where account_id = ${target.accountId}`;
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'canary',
    );
  });
});
