import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Context } from '../../../src/services/context.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { type Amendment, amendOperation } from '../../../src/services/operations/amend.ts';
import { readAmendmentFile } from '../../../src/services/operations/amendment-file.ts';
import { readRecord } from '../../../src/services/operations/read.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

/** A grant by Mira, who holds the preset accountant. */
async function granted() {
  const here = await scene();
  const outcome = await grantCredits(contextOf(here.services, here.mira), {
    target: here.target,
    amount: '50',
    reason: 'Power cut',
  });
  if (outcome.kind !== 'done') throw new Error('the grant was not done');
  const { number } = outcome.operation;
  const amend = (ctx: Context, amendment: Omit<Amendment, 'number'>) => amendOperation(ctx, { number, ...amendment });
  const audited = () => store.sql`select facts from audit where action = 'operation.amend' and operation = ${number}`;
  return { ...here, number, amend, audited };
}

describe('an amendment', () => {
  it('delivered again, or twice at once, is added and audited once', async () => {
    const { services, mira, number, amend, audited } = await granted();
    const origin = randomUUID();
    const deliver = () => amend(contextOf(services, mira, { origin }), { reason: 'Event prize' });
    await Promise.all([deliver(), deliver()]);
    await deliver();
    expect((await readRecord(services, number))?.amendments).toHaveLength(1);
    expect(await audited()).toHaveLength(1);
  });

  it('leaves the operation as it is, and cannot be changed or taken out again', async () => {
    const { services, mira, number, amend } = await granted();
    const [before] = await store.sql`select * from operations where number = ${number}`;
    await amend(contextOf(services, mira), { reason: 'First' });
    await amend(contextOf(services, mira), { reason: 'Second' });
    expect((await store.sql`select * from operations where number = ${number}`)[0]).toEqual(before);
    expect((await readRecord(services, number))?.operation).toMatchObject({
      reason: 'Power cut',
      correctedReason: 'Second',
    });
    await expect(store.sql`update amendments set reason = 'Other' where operation = ${number}`).rejects.toThrow();
    await expect(store.sql`delete from amendments where operation = ${number}`).rejects.toThrow();
  });

  it('makes the line in the audit channel out of date', async () => {
    const { services, mira, number, amend } = await granted();
    const owed = () => store.sql`select from notices where operation = ${number} and kind = 'operation'`;
    const before = await owed();
    await amend(contextOf(services, mira), { reason: 'Event prize' });
    expect(await owed()).toHaveLength(before.length + 1);
  });

  it('by whoever did it takes the right to do it, at the very moment; by others the right to settle', async () => {
    const { services, mira, number, amend, audited } = await granted();
    const stranger = `${mira}1`;
    await giveGrant(services, { userId: stranger, preset: 'moderator' });
    expect(await refusal(amend(contextOf(services, stranger), { reason: 'Mine' }))).toBe('policy.denied');
    await giveGrant(services, { userId: mira, preset: 'helper' });
    await store.sql`
      update grants set revoked_at = now(), revoked_by = 'test' where subject_id = ${mira} and preset = 'accountant'`;
    expect(await refusal(amend(contextOf(services, mira), { reason: 'Still mine' }))).toBe('policy.denied');
    expect(await audited()).toHaveLength(0);
    await amend(contextOf(services, OWNER), { reason: 'The owner’s' });
    expect((await readRecord(services, number))?.operation.correctedReason).toBe('The owner’s');
  });

  it('of an operation on a panel out of reach learns nothing of it', async () => {
    const { services, mira, amend } = await granted();
    const elsewhere = `${mira}2`;
    await giveGrant(services, { userId: elsewhere, preset: 'accountant', panel: 'other' });
    expect(await refusal(amend(contextOf(services, elsewhere), { reason: 'Hm' }))).toBe('operation.none');
    expect(await refusal(amendOperation(contextOf(services, OWNER), { number: 99_999, reason: 'Hm' }))).toBe(
      'operation.none',
    );
  });

  it('must add something that can be read', async () => {
    const { services, mira, amend } = await granted();
    const ctx = () => contextOf(services, mira);
    expect(await refusal(amend(ctx(), {}))).toBe('amendment.empty');
    expect(await refusal(amend(ctx(), { reason: ' \u200b ' }))).toBe('reason.missing');
    expect(await refusal(amend(ctx(), { reason: 'x'.repeat(301) }))).toBe('input.invalid');
    expect(await refusal(amend(ctx(), { message: 'https://example.org/channels/1/2/3' }))).toBe('input.invalid');
  });

  it('keeps a file to the byte, for those who may read the operation', async () => {
    const { services, mira, number, amend } = await granted();
    const content = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const ctx = { ...contextOf(services, mira), attachments: { download: async () => content } };
    const file = { name: 'All\0 bytes.bin', sizeBytes: 256, url: 'https://cdn.discordapp.com/1' };
    await amend(ctx, { file });
    const id = (await readRecord(services, number))?.amendments[0]?.id ?? 0;
    const kept = await readAmendmentFile(contextOf(services, mira), id);
    expect(kept).toMatchObject({ operation: number, name: 'All bytes.bin' });
    expect([...kept.content]).toEqual([...content]);
    const elsewhere = `${mira}3`;
    await giveGrant(services, { userId: elsewhere, permission: 'audit.view', panel: 'other' });
    expect(await refusal(readAmendmentFile(contextOf(services, elsewhere), id))).toBe('amendment.none');
  });

  it('adds nothing when its file cannot be had', async () => {
    const { services, mira, number, amend } = await granted();
    const file = { name: 'a', sizeBytes: 1, url: 'https://cdn.discordapp.com/1' };
    expect(await refusal(amend(contextOf(services, mira), { reason: 'Event prize', file }))).toBe('file.gone');
    expect((await readRecord(services, number))?.amendments).toEqual([]);
  });
});
