import { type Abilities, type Ability, type Call, type Panel, PanelError } from '../panel.ts';
import { accountReads } from './accounts.ts';
import { createClient } from './client.ts';
import type { Connection } from './connection.ts';
import { createAbility } from './creation.ts';
import { creditsAbility } from './credits.ts';
import { deletionAbility } from './deletion.ts';
import { diagnosisAbility } from './diagnosis.ts';
import { discordLinksAbility } from './discord-links.ts';
import { editAbility, passwordAbility } from './editing.ts';
import { notificationsAbility } from './notifications.ts';
import { paymentsAbility } from './payments.ts';
import { createPterodactyl } from './pterodactyl.ts';
import { findRelease, type Release, VERSIONS } from './release.ts';
import { createRoleTable, rolesAbility } from './roles.ts';
import { serverLimitAbility } from './server-limit.ts';
import { serversAbility } from './servers.ts';
import { suspensionAbility } from './suspension.ts';
import { vouchersAbility } from './vouchers.ts';

export interface CtrlPanelOptions {
  readonly id: string;
  readonly label: string;
  /** Where people open it. */
  readonly url: string;
  readonly token: string;
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
  /** In which it sends times without an offset, by its IANA name. */
  readonly timeZone: string;
  /** The role of new accounts; null for the panel's own lowest. */
  readonly newRole: string | null;
  /** The Pterodactyl behind it, if Steward may ask it. */
  readonly pterodactyl: { readonly url: string; readonly token: string } | null;
}

/** What is asked of releases since 1.2 alone: those before are only read, as far as accounts and links go. */
const SINCE_1_2 = [
  'create',
  'edit',
  'credits',
  'suspension',
  'deletion',
  'roles',
  'notifications',
  'password',
  'servers',
  'serverLimit',
  'vouchers',
  'payments',
  'diagnosis',
] as const satisfies readonly Ability[];

const MISSING: Panel['missing'] = {
  restoration: 'CtrlPanel.gg brings nothing back that it has deleted.',
  verification: 'CtrlPanel.gg lets nobody verify an e-mail for somebody else through its API.',
};

const OLD =
  'This CtrlPanel.gg is 1.1 or older, which mistakes the size of credits: Steward only reads it until it is updated to 1.2.';

/** A CtrlPanel.gg. What it can do is known once it was probed; until then it is taken for one of 1.2. */
export function createCtrlPanel(options: CtrlPanelOptions): Panel {
  const { id, label, timeZone, newRole } = options;
  const address = options.url.replace(/\/+$/, '');
  const shared = { timeoutMs: options.timeoutMs, requestsPerMinute: options.requestsPerMinute };
  let known: Release | null = null;
  const client = createClient({
    ...shared,
    baseUrl: `${address}/api`,
    token: options.token,
    // It may be updated, or brought back from an older backup, between two probes: then its credits mean something else.
    told: (form) => {
      if (form === 'old') known = 'old';
      else if (known === 'old') known = null;
    },
  });
  const pterodactyl =
    options.pterodactyl &&
    createPterodactyl({
      ...shared,
      baseUrl: options.pterodactyl.url.replace(/\/+$/, ''),
      token: options.pterodactyl.token,
    });

  async function findOut(call: Call): Promise<Release> {
    known = await findRelease(client, call);
    return known;
  }
  const release: Connection['release'] = async (call) => known ?? findOut(call);

  const panel: Connection = {
    ...{ id, address, client, timeZone, newRole, pterodactyl, release },
    roles: createRoleTable(client),
    async writable(call) {
      if ((await release(call)) === 'old')
        throw new PanelError('unsupported_version', 'none', 'a release that is only read', { detail: OLD });
    },
  };
  const abilities = abilitiesOf(panel);
  const links = {
    unknown: discordLinksAbility(panel, null),
    old: discordLinksAbility(panel, 'old'),
    current: discordLinksAbility(panel, 'current'),
    newer: discordLinksAbility(panel, 'newer'),
  };

  const made = {
    ...{ id, label, address, kind: 'ctrlpanel', rate: client.rate },
    ...accountReads(panel),
    async probe(call: Call) {
      const found = await findOut(call);
      return { product: 'CtrlPanel.gg', version: VERSIONS[found], warnings: await warningsOf(panel, found, call) };
    },
  };
  const getters: PropertyDescriptorMap = {
    missing: { enumerable: true, get: () => missingOf(known) },
    discordLinks: { enumerable: true, get: () => links[known ?? 'unknown'] },
  };
  for (const name of SINCE_1_2) {
    getters[name] = { enumerable: true, get: () => (known === 'old' ? undefined : abilities[name]) };
  }
  return Object.defineProperties(made, getters) as Panel;
}

function abilitiesOf(panel: Connection): Required<Pick<Abilities, (typeof SINCE_1_2)[number]>> {
  return {
    create: createAbility(panel),
    edit: editAbility(panel),
    credits: creditsAbility(panel),
    suspension: suspensionAbility(panel),
    deletion: deletionAbility(panel),
    roles: rolesAbility(panel),
    notifications: notificationsAbility(panel),
    password: passwordAbility(panel),
    servers: serversAbility(panel),
    serverLimit: serverLimitAbility(panel),
    vouchers: vouchersAbility(panel),
    payments: paymentsAbility(panel),
    diagnosis: diagnosisAbility(panel),
  };
}

function missingOf(release: Release | null): Panel['missing'] {
  if (release !== 'old') return MISSING;
  return { ...MISSING, ...Object.fromEntries(SINCE_1_2.map((name) => [name, OLD])) };
}

async function warningsOf({ pterodactyl }: Connection, release: Release, call: Call): Promise<readonly string[]> {
  if (release === 'old') return [OLD];
  if (!pterodactyl) return [NO_PTERODACTYL];
  const fault = await pterodactyl.fault(call);
  return fault === null ? [] : [fault];
}

const NO_PTERODACTYL =
  'Without a key of Pterodactyl Steward can create one account only: CtrlPanel.gg gives each the same external id there.';
