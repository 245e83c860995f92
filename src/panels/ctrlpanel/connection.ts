import type { Call } from '../panel.ts';
import type { Client } from './client.ts';
import type { Pterodactyl } from './pterodactyl.ts';
import type { Release } from './release.ts';
import type { RoleTable } from './roles.ts';

/** What the groups of one CtrlPanel.gg share. */
export interface Connection {
  /** Id of the panel. */
  readonly id: string;
  /** Where people open it, without a slash at the end. */
  readonly address: string;
  readonly client: Client;
  readonly roles: RoleTable;
  readonly timeZone: string;
  /** The role of new accounts, by name; null for the panel's own lowest. */
  readonly newRole: string | null;
  /** Null where Steward has no key of it. */
  readonly pterodactyl: Pterodactyl | null;
  /** Which release it is; found out with the first call. @throws PanelError with effect `none` */
  release(call: Call): Promise<Release>;
  /** Makes sure that it may be written to. @throws PanelError `unsupported_version`, effect `none` */
  writable(call: Call): Promise<void>;
}
