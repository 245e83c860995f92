import { z } from 'zod';
import { actorId } from '../../domain/actor.ts';
import { type InputProblem, refuse } from '../../domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { canonicalJson } from '../json.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { storedSettings } from './read.ts';
import { SETTINGS, type SettingName, type Settings } from './schema.ts';

const INPUT = z.strictObject(SETTINGS).partial();

/** Settings change one after the other, so that what the audit log calls the old value was the old value. */
const LOCK = 'steward:settings';

/**
 * Changes the settings that are given; the others stay. The same request delivered again changes nothing.
 *
 * @returns all settings, as they are now.
 * @throws Refusal the policy's, or `input.invalid` with the name of the setting.
 */
export async function changeSettings(
  ctx: Context,
  input: { readonly [Name in SettingName]?: Settings[Name] | undefined },
): Promise<Settings> {
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
    return { ...before, ...Object.fromEntries(changes.map(({ name, value }) => [name, value])) };
  });
  await ctx.policy.refresh();
  return changed;
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
