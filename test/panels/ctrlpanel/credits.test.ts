import fc from 'fast-check';
import { expect, it } from 'vitest';
import { money } from '../../../src/domain/money.ts';
import { UNIT } from '../../../src/panels/ctrlpanel/amounts.ts';
import { requireAbility } from '../../../src/panels/panel.ts';
import { change, failureOf } from '../../contract/panel/subject.ts';
import { sceneOf, someone } from './subject.ts';

const credits = (minor: bigint) => money(minor, UNIT);

async function scene(creditsMilli = 10_000n) {
  const made = await sceneOf();
  const user = someone(made.double, { creditsMilli });
  return { ...made, user, id: String(user.id), ability: requireAbility(made.panel, 'credits') };
}

it('adds and takes away exactly what it is told, though the panel cuts off what binary fractions lack', async () => {
  const { ability, id, user } = await scene(0n);
  await fc.assert(
    fc.asyncProperty(fc.bigInt(1n, 10n ** 9n), fc.bigInt(1_000n, 10n ** 9n), async (added, removed) => {
      const before = user.creditsMilli;
      const after = before + added;
      expect(await ability.add(id, credits(added), change())).toEqual({
        before: credits(before),
        after: credits(after),
      });
      expect(user.creditsMilli).toBe(after);
      if (removed >= after) return;
      await ability.remove(id, credits(removed), change());
      expect(user.creditsMilli).toBe(after - removed);
    }),
    { numRuns: 150 },
  );
});

it('adds 8.03 where the panel would make 8.029 of it', async () => {
  const { ability, id, user } = await scene(0n);
  await ability.add(id, credits(8_030n), change());
  await ability.add(id, credits(2_010n), change());
  await ability.add(id, credits(1n), change());
  expect(user.creditsMilli).toBe(10_041n);
});

it('takes away less than a credit in words, before anything is sent', async () => {
  const { ability, id, double } = await scene();
  await ability.add(id, credits(1n), change());
  const sent = double.requests.length;
  const error = await failureOf(ability.remove(id, credits(999n), change()));
  expect(error).toMatchObject({
    kind: 'rejected',
    effect: 'none',
    detail: expect.stringContaining('at least 1 credit'),
  });
  expect(double.requests).toHaveLength(sent);
});

it('says how a balance is emptied that no number names exactly', async () => {
  const { ability, id, user } = await scene(8_030n);
  const error = await failureOf(ability.remove(id, credits(8_030n), change()));
  expect(error).toMatchObject({ kind: 'rejected', effect: 'none', detail: expect.stringContaining('1 credit less') });
  expect(user.creditsMilli).toBe(8_030n);
  await ability.remove(id, credits(7_030n), change());
  await ability.remove(id, credits(1_000n), change());
  expect(user.creditsMilli).toBe(0n);
});

it('empties every other balance at once', async () => {
  const { ability, id, user } = await scene();
  for (const minor of [1_000n, 1_002n, 2_500n, 250_500n, 77_777n, 10n ** 12n + 3n]) {
    user.creditsMilli = minor;
    expect(await ability.remove(id, credits(minor), change())).toEqual({ before: credits(minor), after: credits(0n) });
  }
});

it('sets by the difference, never by an edit, which takes no zero and bills', async () => {
  const { ability, id, user, double } = await scene();
  await ability.set(id, credits(0n), credits(10_000n), change());
  await ability.set(id, credits(5_500n), credits(0n), change());
  await ability.set(id, credits(5_500n), credits(5_500n), change());
  expect(user.creditsMilli).toBe(5_500n);
  const writes = double.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
  expect(writes).toEqual([`/api/users/${id}/decrement`, `/api/users/${id}/increment`]);
});

it('reads the balance back from the answer: what others moved is in what was before', async () => {
  const { ability, id, double, user } = await scene();
  double.moveBalance(user.id, -3_000n);
  expect(await ability.add(id, credits(5_000n), change())).toEqual({
    before: credits(7_000n),
    after: credits(12_000n),
  });
});

it('shows the balance below zero that the panel lets two removals at once make', async () => {
  const { ability, id, double, panel, user } = await scene();
  await panel.probe({ signal: new AbortController().signal });
  const held = Promise.withResolvers<void>();
  double.holdWrites(held.promise);
  const both = [ability.remove(id, credits(10_000n), change()), ability.remove(id, credits(10_000n), change())];
  await expect.poll(() => double.requests.filter(({ path }) => path.endsWith('/decrement')).length).toBe(2);
  double.holdWrites(null);
  held.resolve();
  const afters = (await Promise.all(both)).map(({ after }) => after.minor);
  expect(afters).toContain(-10_000n);
  expect((await panel.get(id, { signal: new AbortController().signal }))?.balance).toEqual(credits(-10_000n));
  expect(user.creditsMilli).toBe(-10_000n);
});

it('refuses in words what is more than the panel keeps', async () => {
  const { ability, id, user } = await scene(9_223_372_036_000_000n);
  const error = await failureOf(ability.add(id, credits(10n ** 12n), change()));
  expect(error).toMatchObject({
    kind: 'rejected',
    effect: 'none',
    detail: expect.stringContaining('no balance as large'),
  });
  expect(user.creditsMilli).toBe(9_223_372_036_000_000n);
});

it.each([
  { kind: 'reset', acts: true },
  { kind: 'reset', acts: false },
  { kind: 'half', acts: true },
  { kind: 'nonsense', acts: true },
  { kind: 'status', status: 500, acts: true },
  { kind: 'status', status: 502, html: true, acts: false },
] as const)('cannot say what became of a change whose answer is lost, and never sends it again: %o', async (fault) => {
  const { ability, id, double, user } = await scene();
  double.failNext({ method: 'PATCH', path: /increment/ }, fault);
  expect((await failureOf(ability.add(id, credits(5_000n), change()))).effect).toBe('unknown');
  expect(user.creditsMilli).toBe(fault.acts ? 15_000n : 10_000n);
  expect(double.requests.filter(({ path }) => path.endsWith('/increment'))).toHaveLength(1);
});

it('tells beforehand that adding credits makes the panel charge for suspended servers', async () => {
  const { ability, id, double, user } = await scene(0n);
  double.addServer({ userId: user.id, priceMilli: 10_000n, isSuspended: true });
  expect(ability.traits.effects.join(' ')).toContain('charge for servers');
  expect((await ability.add(id, credits(25_000n), change())).after).toEqual(credits(25_000n));
  await double.runQueue();
  expect(user.creditsMilli).toBe(15_000n);
});
