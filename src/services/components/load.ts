import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Services } from '../context.ts';
import { COMPONENTS_VERSION, type Components } from './save.ts';

interface ComponentRow {
  version: number;
  audience: string;
  actions: readonly object[];
  origin: string;
  expired: boolean;
}

/** Reads what the components of a message do. @throws Refusal `press.unknown`, `press.expired` */
export async function loadComponents({ store }: Pick<Services, 'store'>, key: string): Promise<Components> {
  const [row] = await store.sql<ComponentRow[]>`
    select version, audience, actions, origin, expires_at <= now() as expired from component_state where key = ${key}`;
  if (!row || row.version !== COMPONENTS_VERSION) throw refuse('press.unknown', {});
  if (row.expired) throw refuse('press.expired', {});
  return { key, audience: parseAudience(row.audience), actions: row.actions, origin: row.origin };
}

function parseAudience(stored: string): Components['audience'] {
  const [kind, subject = ''] = stored.split(':');
  return kind === 'user' ? { kind, userId: subject } : { kind: 'permission', permission: subject as Permission };
}
