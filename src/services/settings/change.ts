import { z } from 'zod';
import { actorId } from '../../domain/actor.ts';
import { type InputProblem, refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { canonicalJson, toStored } from '../json.ts';
import { owePolicyNotice } from '../notices/owe.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { type GuardChange, loosenedGuards } from './guards.ts';
import { storedSettings } from './read.ts';
import { SETTINGS, type SettingName, type Settings } from './schema.ts';

const INPUT = z.strictObject(SETTINGS).partial();

/** The settings to change. */
export type SettingsInput = { readonly [Name in SettingName]?: Settings[Name] | undefined };

/** Settings change one after the other, so that what the audit log calls the old value was the old value. */
const LOCK = 'steward:settings';

/**
 * Changes the settings that are given; the others stay. The same request delivered again changes nothing.
 *
 * @returns all settings, as they are now.
 * @throws Refusal the policy's, or `input.invalid` with the name of the setting.
 */
export async function changeSettings(ctx: Context, input: SettingsInput): Promise<Settings> {
  await authorize(ctx, 'settings.manage');
  const given = parse(input);
  const changed = await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, 'settings.manage');
    await consumePress(ctx, transaction);
    await transaction`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`;
    const before = await storedSettings(transaction);
    if (!(await isFirstTime(ctx, 'settings.change', transaction))) return before;
    const changes = given.filter(({ name, value }) => canonicalJson(before[name]) !== canonicalJson(value));
    for (const { name, value } of changes) {
      await transaction`
        insert into settings (name, value, changed_by) values (${name}, ${JSON.stringify(value)}::text::jsonb, ${actorId(ctx.actor)})
        on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = now()`;
      await recordAudit(transaction, {
        actorId: actorId(ctx.actor),
        action: 'settings.change',
        outcome: 'succeeded',
        facts: { setting: name, before: before[name], after: value },
      });
    }
    const after = { ...before, ...Object.fromEntries(changes.map(({ name, value }) => [name, value])) };
    await announceLoosened(ctx, transaction, loosenedGuards(before, after));
    return after;
  });
  await ctx.policy.refresh();
  return changed;
}

/** That a guard was loosened is posted to the audit channel and told to the owners, as changes of the policy are. */
async function announceLoosened(
  ctx: Context,
  transaction: Transaction,
  changes: readonly GuardChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const content = { action: 'settings.change', actorId: actorId(ctx.actor), changes };
  await owePolicyNotice(transaction, ctx.ownerIds, toStored(content));
}

type Given = { [Name in SettingName]: { readonly name: Name; readonly value: Settings[Name] } }[SettingName];

function parse(input: object): readonly Given[] {
  const parsed = INPUT.safeParse(withoutDoubles(input));
  if (parsed.success) {
    return Object.entries(parsed.data).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value } as Given],
    );
  }
  const [issue] = parsed.error.issues;
  throw refuse('input.invalid', { field: String(issue?.path[0] ?? 'settings'), problem: problemOf(issue?.code) });
}

function withoutDoubles(input: object): object {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, Array.isArray(value) ? [...new Set(value)] : value]),
  );
}

function problemOf(code: string | undefined): InputProblem {
  if (code === 'too_big') return 'too_long';
  return code === 'too_small' ? 'too_short' : 'malformed';
}
