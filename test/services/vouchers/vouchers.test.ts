import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/domain/refusal.ts';
import { approveOperation } from '../../../src/services/approvals/approve.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import type { Outcome } from '../../../src/services/operation.ts';
import { forgetOperations } from '../../../src/services/operations/forget.ts';
import { readRecord } from '../../../src/services/operations/read.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { settleByHand } from '../../../src/services/operations/settle-by-hand.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { createVoucher, type VoucherMade, type VoucherWish } from '../../../src/services/vouchers/create.ts';
import { listVouchers, revealVouchers } from '../../../src/services/vouchers/list.ts';
import { findVoucher, revokeVoucher } from '../../../src/services/vouchers/revoke.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal, type Scene } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

const byState = { traits: { vouchers: { proof: 'state', idempotent: false } } } as const;
const owner = ({ services }: Scene, origin?: string) => contextOf(services, OWNER, origin ? { origin } : {});
const wish = ({ target }: Scene, changes: Partial<VoucherWish> = {}): VoucherWish => ({
  ...{ panel: target.panel, credits: '50', uses: 3, expires: undefined, code: undefined, memo: undefined },
  ...changes,
});
const create = (here: Scene, changes: Partial<VoucherWish> = {}, ctx = owner(here)) =>
  createVoucher(ctx, wish(here, changes));

async function made(outcome: Promise<Outcome<VoucherMade>>) {
  const done = await outcome;
  if (done.kind !== 'done') throw new Error(`it is ${done.kind}`);
  return { ...done.result, number: done.operation.number };
}

async function unknown(outcome: Promise<Outcome<unknown>>): Promise<number> {
  const { kind, ...rest } = await outcome;
  if (kind !== 'unknown' || !('operation' in rest)) throw new Error(`it is ${kind}`);
  return rest.operation.number;
}

async function stateOf(here: Scene, number: number) {
  const record = await readRecord(here.services, number);
  return { state: record?.operation.state, settledBy: record?.settledBy, doubt: record?.doubt?.why ?? null };
}

const audited = (action: string, panel: string) =>
  store.sql<{ facts: Record<string, unknown>; values: unknown; account_id: string | null }[]>`
    select facts, account_id, values from audit left join audit_personal on audit_id = id
    where action = ${action} and panel = ${panel} order by id`;

describe('a voucher', () => {
  it('is made as it was wanted, is about no account, and moves nothing in the books', async () => {
    const here = await scene();
    const result = await made(create(here, { code: 'SUMMER-24', expires: '2099-03-01', memo: ' Summer fair ' }));
    expect(here.panel.vouchers()).toMatchObject([
      { code: 'SUMMER-24', uses: 3, memo: 'Summer fair', expiresAt: new Date('2099-03-02T00:00:00Z') },
    ]);
    expect(result).toMatchObject({ voucherCode: 'SUMMER-24', credits: { minor: 50_000n }, uses: 3 });
    const record = await readRecord(here.services, result.number);
    expect(record).toMatchObject({
      operation: { state: 'succeeded', target: null, delta: { minor: 150_000n }, reason: 'Summer fair' },
      voucher: { creditsMinor: 50_000n, uses: 3 },
    });
    expect(await store.sql`select from ledger where panel = ${here.target.panel}`).toEqual([]);
  });

  it('has a code that nobody can guess where none is given, the same when the request is delivered again', async () => {
    const here = await scene();
    const [first, again, other] = [
      await made(create(here, {}, owner(here, 'again'))),
      await made(create(here, {}, owner(here, 'again'))),
      await made(create(here)),
    ];
    expect(first.voucherCode).toMatch(/^[A-Z2-9]{16}$/);
    expect(again).toEqual(first);
    expect(other.voucherCode).not.toBe(first.voucherCode);
    expect(here.panel.vouchers()).toHaveLength(2);
  });

  it('keeps its code out of the audit log but for its personal part, and out of the store once that is forgotten', async () => {
    const here = await scene();
    const { voucherCode, number } = await made(create(here, { expires: '2099-03-01' }));
    const [row] = await audited('voucher.create', here.target.panel);
    expect(JSON.stringify(row?.facts)).not.toContain(voucherCode);
    expect(row).toMatchObject({ account_id: null, facts: { credits: '50000', uses: 3 }, values: { voucherCode } });
    await store.sql`update operations set ended_at = now() - interval '3 days' where number = ${number}`;
    await forgetOperations(store.sql, store.sql`number = ${number}`);
    const [operation] = await store.sql`select * from operations where number = ${number}`;
    expect(JSON.stringify(operation, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      voucherCode,
    );
  });

  it('takes nothing that its panel does not', async () => {
    const here = await scene();
    expect(await refusal(create(here, { code: 'a b c d' }))).toBe('input.invalid');
    expect(await refusal(create(here, { code: 'abc' }))).toBe('input.invalid');
    expect(await refusal(create(here, { uses: 1_000_001 }))).toBe('input.invalid');
    expect(await refusal(create(here, { expires: '2020-01-01' }))).toBe('input.invalid');
    expect(await refusal(create(here, { credits: '0' }))).toBe('amount.zero');
    expect(await refusal(create(here, { credits: '1000000000', uses: 1_000_000 }))).toBe('amount.too_large');
    here.panel.addVoucher({ code: 'TAKEN', credits: { minor: 1n, unit: { code: 'coins', scale: 3 } } });
    expect(await refusal(create(here, { code: 'TAKEN' }))).toBe('voucher.taken');
    expect(here.panel.journal).toEqual([]);
  });

  it('is no way to take anything back: it is revoked', async () => {
    const here = await scene();
    const { number } = await made(create(here));
    expect(await refusal(undoOperation(owner(here), number))).toBe('undo.impossible');
  });
});

describe('what a voucher may give', () => {
  async function limited(perAct: string, perDay: string) {
    const here = await scene();
    const sam = `5${here.mira}`;
    await giveGrant(here.services, { userId: sam, preset: 'accountant', perAct, perDay });
    return { ...here, as: () => contextOf(here.services, sam, { confirmed: true }) };
  }

  it('needs the right to give credits as well, and counts in all against the limit for one act', async () => {
    const here = await limited('149.999', '1000');
    expect(await refusal(create(here, {}, here.as()))).toBe('policy.over_act');
    expect((await create(here, { credits: '49.999' }, here.as())).kind).toBe('done');
    const keeper = `6${here.mira}`;
    await giveGrant(here.services, { userId: keeper, permission: 'vouchers.manage' });
    expect(await refusal(create(here, {}, contextOf(here.services, keeper)))).toBe('policy.denied');
  });

  it('keeps the limits with which the right to vouchers was given, whatever else may be given', async () => {
    const here = await scene();
    const keeper = `7${here.mira}`;
    await giveGrant(here.services, { userId: keeper, preset: 'moderator' });
    await giveGrant(here.services, { userId: keeper, permission: 'vouchers.manage', perAct: '100', perDay: '120' });
    const as = () => contextOf(here.services, keeper, { confirmed: true });
    expect(await refusal(create(here, {}, as()))).toBe('policy.over_act');
    expect((await create(here, { uses: 2 }, as())).kind).toBe('done');
    expect(await refusal(create(here, { uses: 1 }, as()))).toBe('policy.over_day');
  });

  it('counts against the same day as credits that are given', async () => {
    const here = await limited('1000', '200');
    await made(create(here, {}, here.as()));
    const grant = (amount: string) =>
      grantCredits(here.as(), { target: here.target, amount, reason: 'Test' }).then(({ kind }) => kind);
    expect(await refusal(grant('50.001'))).toBe('policy.over_day');
    expect(await grant('50')).toBe('done');
    expect(await refusal(create(here, { credits: '0.001', uses: 1 }, here.as()))).toBe('policy.over_day');
  });

  it('never passes the limit of a day, though twenty are made at once, with grants between them', async () => {
    const here = await limited('100', '100');
    const attempts = Array.from({ length: 20 }, (_, index) =>
      (index % 2
        ? create(here, { credits: '10', uses: 3 }, here.as())
        : grantCredits(here.as(), { target: here.target, amount: '30', reason: 'Test' })
      ).then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
      ),
    );
    const ended = await Promise.all(attempts);
    expect(ended.filter((end) => end === 'done')).toHaveLength(3);
    expect(ended.filter((end) => end === 'policy.over_day')).toHaveLength(17);
  });

  it('waits for an approval where grants always do, and is made with the code that was meant', async () => {
    const here = await limited('1000', '1000');
    const approver = `4${here.mira}`;
    await giveGrant(here.services, { userId: approver, preset: 'accountant' });
    const services = {
      ...here.services,
      members: { ...here.services.members, rolesOf: async () => [] },
      settings: {
        ...here.services.settings,
        current: () => ({
          ...here.services.settings.current(),
          approvalVerbs: ['credits.grant' as const],
          approvalsChannelId: '500',
        }),
      },
    };
    const sam = here.as().actor;
    const waiting = await create(here, { code: 'LATER-1' }, { ...here.as(), ...services, actor: sam });
    if (waiting.kind !== 'waiting') throw new Error(waiting.kind);
    expect(here.panel.vouchers()).toEqual([]);
    await approveOperation(contextOf(services, approver), waiting.operation.number);
    expect(here.panel.vouchers()).toMatchObject([{ code: 'LATER-1', uses: 3 }]);
    expect((await readRecord(services, waiting.operation.number))?.operation.state).toBe('succeeded');
  });
});

describe('a voucher that is not known to have been made', () => {
  it.each([
    ['before', 'succeeded'],
    ['never', 'failed'],
  ] as const)('is looked for by its code (acts %s)', async (acts, state) => {
    const here = await scene({}, byState);
    here.panel.failNext('voucher.create', { kind: 'timeout', acts });
    const number = await unknown(create(here, { code: 'LOST-1' }));
    await settleDue(here.services);
    expect(await stateOf(here, number)).toEqual({ state, settledBy: 'state', doubt: null });
    expect(await store.sql`select from ledger where panel = ${here.target.panel}`).toEqual([]);
  });

  it('is not taken for one that was made since with the same code', async () => {
    const here = await scene({}, byState);
    here.panel.failNext('voucher.create', { kind: 'timeout', acts: 'never' });
    const number = await unknown(create(here, { code: 'SAME-1' }));
    expect(await refusal(create(here, { code: 'SAME-1' }))).toBe('voucher.taken');
    await settleDue(here.services);
    expect(await stateOf(here, number)).toMatchObject({ state: 'failed' });
    await made(create(here, { code: 'SAME-1' }));
    expect(here.panel.vouchers()).toHaveLength(1);
  });

  it('is found by its reference, where the panel has that', async () => {
    const here = await scene();
    here.panel.failNext('voucher.create', { kind: 'timeout', acts: 'before' });
    const number = await unknown(create(here));
    await settleDue(here.services);
    expect(await stateOf(here, number)).toEqual({ state: 'succeeded', settledBy: 'reference', doubt: null });
  });

  it('is asked about where there is one of its code, but another', async () => {
    const here = await scene({}, byState);
    here.panel.failNext('voucher.create', { kind: 'timeout', acts: 'never' });
    const number = await unknown(create(here, { code: 'OTHER-1' }));
    here.panel.addVoucher({ code: 'OTHER-1', credits: { minor: 1n, unit: { code: 'coins', scale: 3 } } });
    await settleDue(here.services);
    expect(await stateOf(here, number)).toEqual({ state: 'unknown', settledBy: null, doubt: 'unclear' });
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'not' });
    expect(await readRecord(here.services, number)).toMatchObject({
      operation: { state: 'failed' },
      settlerId: OWNER,
    });
  });

  it.each(['before', 'never'] as const)('is made once, though a person has it tried again (acts %s)', async (acts) => {
    const here = await scene({}, byState);
    here.panel.failNext('voucher.create', { kind: 'timeout', acts });
    const number = await unknown(create(here, { code: 'TWICE-1' }));
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'again' });
    expect(await stateOf(here, number)).toMatchObject({ state: 'succeeded' });
    expect(here.panel.vouchers().map(({ code }) => code)).toEqual(['TWICE-1']);
  });

  it('is what a person says it is, though the panel cannot be read', async () => {
    const here = await scene({}, byState);
    here.panel.failNext('voucher.create', { kind: 'timeout', acts: 'before' });
    const number = await unknown(create(here));
    await store.sql`update operations set settle_at = null, doubt = '{"why": "unclear"}' where number = ${number}`;
    here.panel.failNext('vouchers.find', { kind: 'refuse', failure: 'unreachable' });
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'happened' });
    expect(await stateOf(here, number)).toMatchObject({ state: 'succeeded', settledBy: 'person' });
  });

  it('is recorded as what it was, where two answers came', async () => {
    const here = await scene({}, byState);
    const { number } = await made(create(here));
    await store.sql`
      update operations set late_outcome = '{"state": "failed", "result": null}',
        doubt = '{"why": "contradiction", "came": "failed"}' where number = ${number}`;
    await settleByHand(contextOf(here.services, OWNER), { number, outcome: 'not' });
    const [correction] = await store.sql`
      select state, delta_minor, account_id from operations where linked_number = ${number} and link_kind = 'correction'`;
    expect(correction).toEqual({ state: 'failed', delta_minor: null, account_id: null });
    expect(await store.sql`select from ledger where panel = ${here.target.panel}`).toEqual([]);
  });
});

describe('the vouchers of a panel', () => {
  it('are listed page by page, each once', async () => {
    const here = await scene();
    for (let count = 0; count < 23; count += 1)
      here.panel.addVoucher({ code: `CODE-${count}`, credits: { minor: 1n, unit: { code: 'coins', scale: 3 } } });
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listVouchers(owner(here), { panel: here.target.panel, cursor });
      codes.push(...page.vouchers.map(({ code }) => code));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(new Set(codes).size).toBe(23);
    expect(codes).toHaveLength(23);
  });

  it('are revealed with a row in the audit log that does not give them away, once for each request', async () => {
    const here = await scene();
    const { voucherCode } = await made(create(here));
    const query = { panel: here.target.panel, cursor: undefined };
    for (const _ of [1, 2]) {
      const { vouchers } = await revealVouchers(owner(here, `reveal ${here.mira}`), query);
      expect(vouchers.map(({ code }) => code)).toEqual([voucherCode]);
    }
    const rows = await audited('voucher.reveal', here.target.panel);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(voucherCode);
  });

  it('are revoked once, by code or from the list, and are then not there any more', async () => {
    const here = await scene({}, byState);
    const { voucherCode, voucherId } = await made(create(here));
    const { panel } = here.target;
    const voucher = await findVoucher(owner(here), { panel, code: voucherCode });
    expect(await findVoucher(owner(here), { panel, id: voucherId, cursor: undefined })).toEqual(voucher);
    const revoke = () => revokeVoucher(owner(here, `revoke ${here.mira}`), { panel, voucher });
    const [first, again] = [await revoke(), await revoke()];
    expect([first.kind, again.kind]).toEqual(['done', 'done']);
    expect(here.panel.vouchers()).toEqual([]);
    expect(await refusal(revokeVoucher(owner(here), { panel, voucher }))).toBe('voucher.none');
    expect(await refusal(findVoucher(owner(here), { panel, code: voucherCode }))).toBe('voucher.none');
    const rows = await audited('voucher.revoke', panel);
    expect(rows).toMatchObject([{ facts: { credits: '50000', uses: 3, used: 0 }, values: { voucherCode } }]);
    expect(JSON.stringify(rows[0]?.facts)).not.toContain(voucherCode);
  });

  it.each([
    ['before', 'succeeded'],
    ['never', 'failed'],
  ] as const)('are looked for where it is not known that one was revoked (acts %s)', async (acts, state) => {
    const here = await scene({}, byState);
    const { voucherCode: code, voucherId: id } = await made(create(here));
    here.panel.failNext('voucher.revoke', { kind: 'timeout', acts });
    const number = await unknown(revokeVoucher(owner(here), { panel: here.target.panel, voucher: { id, code } }));
    await settleDue(here.services);
    expect(await stateOf(here, number)).toMatchObject({ state, settledBy: 'state' });
  });
});
