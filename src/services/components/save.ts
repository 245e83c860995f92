import type { Permission } from '../../domain/permission.ts';
import type { Store } from '../../store/connect.ts';
import { perStore, writesInBatches } from '../../store/in-batches.ts';
import type { Services } from '../context.ts';
import { jsonParameter } from '../json.ts';

/** Of the stored form of actions. Rows of another version are as good as unknown. */
export const COMPONENTS_VERSION = 1;

/** How long components can be used where nothing else is said, in hours. */
const LIFE_HOURS = 24;

/** Who may use the components of a message. */
export type ComponentAudience =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'permission'; readonly permission: Permission };

/** What the components of one message do. */
export interface Components {
  /** Random, and part of the components' ids: who knows it was shown the message. */
  readonly key: string;
  readonly audience: ComponentAudience;
  /** By their position in the components' ids, as JSON can hold them. What they say, only whoever makes the components knows. */
  readonly actions: readonly object[];
  /** The interaction that stated the intent which these components may carry on. */
  readonly origin: string;
}

/** How long they can be used, in hours; absent: for a day. */
interface Kept extends Components {
  readonly lifeHours?: number;
}

/** Keeps what the components of a message do. To be awaited before the message is shown. */
export async function saveComponents(services: Pick<Services, 'store'>, components: Kept): Promise<void> {
  await writerOf(services)(components);
}

/** Nearly every answer has components: under load they are stored together. */
const writerOf = perStore((store) => writesInBatches<Kept>((batch) => insert(store, batch)));

async function insert({ sql }: Store, batch: readonly Kept[]): Promise<void> {
  const rows = batch.map(({ key, audience, actions, origin, lifeHours = LIFE_HOURS }) => ({
    key,
    audience: audience.kind === 'user' ? `user:${audience.userId}` : `permission:${audience.permission}`,
    actions,
    origin,
    life_hours: lifeHours,
  }));
  await sql`
    insert into component_state (key, version, audience, actions, origin, expires_at)
    select key, ${COMPONENTS_VERSION}, audience, actions, origin, now() + make_interval(hours => life_hours)
    from jsonb_to_recordset(${jsonParameter(sql, rows)}) as shown (key text, audience text, actions jsonb, origin text, life_hours integer)`;
}
