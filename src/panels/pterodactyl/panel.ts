import type { Panel } from '../panel.ts';
import { createCreate, createEdit, createPassword } from './accounts.ts';
import { type ClientOptions, createPterodactylClient, isId } from './client.ts';
import { createConnection } from './connection.ts';
import { createDeletion } from './deletion.ts';
import { createDiagnosis } from './diagnosis.ts';
import { createDiscordLinks } from './discord-links.ts';
import { rejected } from './errors.ts';
import { findUser } from './find.ts';
import { missingOf } from './missing.ts';
import { probePanel } from './probe.ts';
import { createRoles } from './roles.ts';
import { createServers } from './servers.ts';

export interface PterodactylOptions extends ClientOptions {
  readonly id: string;
  readonly label: string;
  readonly keepsDiscordIds: boolean;
  /** The account that made our key; null where nobody has said. */
  readonly keyOwnerId: string | null;
}

/** Servers are read with their accounts, at some queries each. */
const LARGEST_PAGE = 50;

/** A panel of either product: which one, is known from its users. */
export function createPterodactylPanel(options: PterodactylOptions): Panel {
  const { id, label, url, keepsDiscordIds } = options;
  const client = createPterodactylClient(options);
  const connection = createConnection({ ...options, panel: id, client });
  const { accountOf } = connection;
  return {
    id,
    kind: 'pterodactyl',
    address: url,
    label,
    rate: client.rate,
    borrows: { credits: true, suspension: true },
    get missing() {
      return missingOf(client.product(), keepsDiscordIds);
    },
    probe: (call) => probePanel(client, options, call),
    async find(query, call) {
      const user = await findUser(client, query, call);
      return user ? [accountOf(user)] : [];
    },
    async get(accountId, call) {
      const user = isId(accountId) ? await client.user(accountId, call) : null;
      return user && accountOf(user);
    },
    async list({ after, limit }, call) {
      const { number, size } = pageOf(after, limit);
      const { users, pages, total } = await client.users({ number, size, whole: true }, call);
      return { accounts: users.map(accountOf), next: number < pages ? `${number + 1}x${size}` : null, total };
    },
    create: createCreate(connection),
    edit: createEdit(connection),
    password: createPassword(connection),
    deletion: createDeletion(connection),
    roles: createRoles(connection),
    servers: createServers(connection),
    diagnosis: createDiagnosis(client),
    ...(keepsDiscordIds ? { discordLinks: createDiscordLinks(connection) } : {}),
  };
}

/** A page goes on with the size that the first one had: the panel counts pages. */
function pageOf(after: string | null, limit: number): { readonly number: number; readonly size: number } {
  if (after === null) return { number: 1, size: Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE) };
  const [, number, size] = /^([1-9]\d{0,8})x([1-9]\d?)$/.exec(after) ?? [];
  if (!number || !size) throw rejected('the page is not one of ours', 'There is no such page.');
  return { number: Number(number), size: Number(size) };
}
