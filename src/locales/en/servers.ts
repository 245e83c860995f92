/** Words about the servers of accounts. */
import { count, moment, plain, type Text, text, untrusted } from '../text.ts';
import { limitWords } from './limits.ts';

export const serverStatusWords = {
  active: text`Active`,
  suspended: text`**Suspended**`,
  installing: text`Being installed`,
  failed: text`**Not installed**`,
} as const satisfies Readonly<Record<string, Text>>;

/** Says which panel is meant, where there are several. */
const inPanel = (words: Text, panel: string | null): Text =>
  panel === null ? words : text`${words} in ${untrusted(panel, 40)}`;

export const serverWords = {
  title: (account: Text, panel: string | null): Text => inPanel(text`Servers of ${account}`, panel),
  own: (panel: string | null): Text => inPanel(text`Your servers`, panel),
  none: text`This account has no servers.`,
  ownNone: text`You have no servers.`,
  /** `3 servers, 1 suspended` */
  counts: (servers: number, suspended: number): Text =>
    suspended === 0
      ? limitWords.servers(servers)
      : text`${limitWords.servers(servers)}, ${servers === suspended ? text`all` : count(suspended)} suspended`,
  suspended: (servers: number): Text => text`${limitWords.servers(servers)} suspended`,
  stillSuspended: (servers: number): Text => text`${limitWords.servers(servers)} still suspended`,
  stay: text`its servers stay as they are`,
  show: 'Servers',
  until: (at: Date): Text => text`until ${moment(at, 'date')}`,
  expired: (at: Date): Text => text`ended ${moment(at)}`,
  left: text`The account is active, but not all of its servers are.`,
  open: 'Open in panel',
  suspend: (name: string): string => `Suspend ${plain(name, 40)}`,
  lift: (name: string): string => `Lift ${plain(name, 40)}`,
  choose: 'Suspend or lift a server…',
  liftAll: 'Lift all',
} as const;
