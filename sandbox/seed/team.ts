/** What the team has set: who may do what, and where Steward says it. */
import type { Money } from '../../src/domain/money.ts';
import { UNIT } from '../../src/panels/builtin/fields.ts';
import type { Settings } from '../../src/services/settings/schema.ts';
import type { Transaction } from '../../src/store/connect.ts';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../world.ts';

const DAY_MS = 24 * 60 * 60_000;
const SINCE_DAYS = 400;

/** What a moderator may give at once; more waits for an approval. */
export const MODERATOR_LIMIT: Money = { minor: 25_000n, unit: UNIT };

const GRANTS = [
  { role: ROLE_IDS.administrator, preset: 'administrator', per_act: null, per_day: null },
  { role: ROLE_IDS.accountant, preset: 'accountant', per_act: '1000', per_day: '5000' },
  { role: ROLE_IDS.moderator, preset: 'moderator', per_act: '250', per_day: '1000' },
  { role: ROLE_IDS.helper, preset: 'helper', per_act: null, per_day: null },
] as const;

const SETTINGS: Partial<Settings> = {
  auditChannelId: CHANNEL_IDS.staffAudit,
  staffChannelIds: [CHANNEL_IDS.staff, CHANNEL_IDS.accounting],
  approvalsChannelId: CHANNEL_IDS.staff,
  alertRoleId: ROLE_IDS.administrator,
};

export function grantRows(nowMs: number) {
  return GRANTS.map(({ role, ...grant }, index) => ({
    ...grant,
    subject_kind: 'role',
    subject_id: role,
    created_by: USER_IDS.ada,
    created_at: new Date(nowMs - SINCE_DAYS * DAY_MS),
    origin: `seed:grant:${index}`,
  }));
}

export async function insertSettings(sql: Transaction): Promise<void> {
  await sql`
    insert into settings (name, value, changed_by) select key, value, ${USER_IDS.ada} from jsonb_each(${sql.json(SETTINGS)})`;
}
