import type { AccountDetails } from '../domain/account.ts';
import { detailWords, factLabels } from '../locales/en/card.ts';
import { serverWords } from '../locales/en/servers.ts';
import { join, moment, type Text, untrusted } from '../locales/text.ts';

/** A line of a card: its label and what it says. Null where there is nothing to say. */
export type Fact = readonly [label: string, value: Text] | null;

/** Such as `en` or `pt_BR`; whatever else stands there is no language. */
const LANGUAGE = /^[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,2}$/;

/** What some panels know beside what all of them do. @param shared for everybody in a channel: without what is a person's own business */
export function detailFacts(details: AccountDetails, { shared }: { readonly shared: boolean }): readonly Fact[] {
  const servers = serversFact(details);
  if (shared) return [servers];
  const { payments, language, twoFactor, lastSeenAt } = details;
  const seenAt = lastSeenAt === undefined ? Number.NaN : Date.parse(lastSeenAt);
  return [
    servers,
    payments === undefined ? null : [factLabels.payments, detailWords.payments(payments)],
    twoFactor === undefined ? null : [factLabels.twoFactor, detailWords.twoFactor(twoFactor)],
    language !== undefined && LANGUAGE.test(language) ? [factLabels.language, untrusted(language)] : null,
    Number.isNaN(seenAt) ? null : [factLabels.lastSeen, moment(new Date(seenAt))],
  ];
}

/** `3 servers, 1 suspended · at most 5` */
function serversFact({ servers, suspendedServers = 0, serverLimit }: AccountDetails): Fact {
  if (servers === undefined && serverLimit === undefined) return null;
  const counts = servers === undefined ? null : serverWords.counts(servers, suspendedServers);
  return [factLabels.servers, join([counts, serverLimit === undefined ? null : detailWords.atMost(serverLimit)])];
}
