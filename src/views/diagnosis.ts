import { type Account, type AccountReference, formatReference } from '../domain/account.ts';
import { FACETS, type Facet } from '../domain/operation.ts';
import type { Permission } from '../domain/permission.ts';
import type { PanelFailure } from '../domain/refusal.ts';
import { cardWords } from '../locales/en/card.ts';
import { diagnosisWords, mendLabels, reasonWords } from '../locales/en/diagnosis.ts';
import { deedWords } from '../locales/en/operations.ts';
import { join, type Text } from '../locales/text.ts';
import { titleOf } from './account-card.ts';
import { type AccountRow, accountSelect } from './list.ts';
import { type OperationFacts, reasonWords as whyWords } from './operation-line.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { Block, Button, Invocation, View } from './view.ts';

type ChoiceRow = Pick<AccountRow, 'panel' | 'accountId' | 'username' | 'name' | 'status'>;
type Told = OperationFacts & { readonly dueAt: Date | null };

/** One reason, as it was found. */
export interface ReasonFacts {
  readonly code: Exclude<keyof typeof reasonWords, 'unclear' | 'underWay' | 'waiting'> | 'open' | 'deletion_scheduled';
  readonly detail: string | null;
  readonly operation: Told | null;
  readonly other: ChoiceRow | null;
  readonly password: { readonly number: number; readonly at: Date } | null;
}

/** What was found out about one account. */
export interface DiagnosisFacts {
  readonly account: Account;
  readonly panel: { readonly id: string; readonly label: string };
  readonly seenAt: Date;
  readonly unread: { readonly what: 'account' | 'findings'; readonly failure: PanelFailure } | null;
  readonly reasons: readonly ReasonFacts[];
  readonly deletionScheduled: boolean;
  readonly unknown: readonly OperationFacts[];
  readonly permissions: ReadonlySet<Permission>;
  readonly abilities: ReadonlySet<string>;
}

/** The command that mends a reason. */
interface Mend {
  readonly label: string;
  readonly command: string;
  readonly permission: Permission;
  readonly ability: string | null;
  readonly facet: Facet | null;
  readonly answer: 'private' | 'form' | 'outcome';
  readonly when?: (facts: DiagnosisFacts) => boolean;
}

const unsuspend: Mend = {
  label: mendLabels.unsuspend,
  command: 'user unsuspend',
  permission: 'accounts.suspend',
  ability: 'suspension',
  facet: 'status',
  answer: 'outcome',
  when: ({ account, deletionScheduled }) => account.status === 'suspended' && !deletionScheduled,
};

const restore = {
  command: 'user restore',
  permission: 'accounts.restore',
  facet: 'status',
  answer: 'outcome',
} as const;

const servers: Mend = {
  label: mendLabels.servers,
  command: 'user servers',
  permission: 'accounts.view',
  ability: 'servers',
  facet: null,
  answer: 'private',
};

const MENDS: Readonly<Partial<Record<ReasonFacts['code'], Mend>>> = {
  deleted: { ...restore, label: mendLabels.restore, ability: 'restoration' },
  deletion_scheduled: { ...restore, label: mendLabels.keep, ability: 'deletion' },
  suspended: unsuspend,
  blocked: unsuspend,
  unverified: {
    label: mendLabels.verify,
    command: 'user verify',
    permission: 'accounts.verify',
    ability: 'verification',
    facet: 'verification',
    answer: 'outcome',
    when: ({ account }) => account.verified === false,
  },
  no_role: {
    label: mendLabels.role,
    command: 'user role',
    permission: 'accounts.roles',
    ability: 'roles',
    facet: 'roles',
    answer: 'form',
  },
  servers_suspended: servers,
  no_servers: servers,
};

/** Reasons that keep nobody out by themselves. */
const HARMLESS: ReadonlySet<ReasonFacts['code']> = new Set([
  'two_factor',
  'open',
  'deletion_scheduled',
  'linked_elsewhere',
  'password_unseen',
  'password_set',
  'servers_suspended',
  'no_servers',
]);

/** Why somebody cannot log in: each reason with its mend, as far as this actor may and this panel can. */
export function diagnosisView(facts: DiagnosisFacts, options: { readonly staff: boolean }): View<'private'> {
  const { account, panel, reasons, unread, seenAt } = facts;
  const account_ = formatReference({ panel: account.panel, accountId: account.id });
  return {
    visibility: 'private',
    tone: toneOf(facts),
    blocks: [
      paragraph(lines([heading(diagnosisWords.title(titleOf(account))), unreadWords(facts), openingWords(facts)])),
      ...reasonBlocks(facts, options.staff),
      ...(reasons.some(({ code }) => code === 'gone') ? [] : [paragraph(subtext(diagnosisWords.ask))]),
      ...buttonRows([
        button(diagnosisWords.openCard, run('user view', { account: account_ })),
        ...(mayReset(facts)
          ? [button(diagnosisWords.newPassword, run('user password', { account: account_ }, 'form'))]
          : []),
      ]),
      ...(unread?.what === 'account' ? [] : [paragraph(subtext(diagnosisWords.seen(panel.label, seenAt)))]),
    ],
  };
}

/** That there is no such account, with those that have names like it. */
export function noAccountView(facts: {
  readonly typed: string;
  readonly resembling: readonly ChoiceRow[];
  readonly creations: readonly OperationFacts[];
  readonly permissions: ReadonlySet<Permission>;
}): View<'private'> {
  const { typed, resembling, creations, permissions } = facts;
  return {
    visibility: 'private',
    tone: 'warning',
    blocks: [
      paragraph(diagnosisWords.absent(typed)),
      ...creations.map(({ number }) => withShow(reasonWords.half_created(number), number, permissions)),
      ...(resembling.length === 0
        ? [paragraph(diagnosisWords.noneResembling)]
        : [
            paragraph(diagnosisWords.resembling),
            accountSelect(resembling, diagnosisWords.choose, run('user diagnose')),
          ]),
      paragraph(subtext(diagnosisWords.absentAsk)),
    ],
  };
}

function toneOf({ reasons }: DiagnosisFacts): View['tone'] {
  if (reasons.length === 0) return 'good';
  return reasons.every(({ code }) => HARMLESS.has(code)) ? 'info' : 'warning';
}

function openingWords({ reasons }: DiagnosisFacts): Text | null {
  if (reasons.length === 0) return diagnosisWords.nothing;
  return reasons.every(({ code }) => HARMLESS.has(code)) ? diagnosisWords.usable : null;
}

function unreadWords({ unread, panel, seenAt }: DiagnosisFacts): Text | null {
  if (unread === null) return null;
  return unread.what === 'account'
    ? diagnosisWords.unreadAccount(panel.label, unread.failure, seenAt)
    : diagnosisWords.unreadFindings(panel.label, unread.failure);
}

/** As many as a message has room for, with their buttons. */
const MOST_REASONS = 9;

/** How much of what a panel says is shown, in graphemes: the first limit with which all of it fits. */
const DETAIL_LIMITS = [200, 80, 30, 10] as const;
/** The rest of the message is for what stands around the reasons. */
const REASONS_CHARACTERS = 3_000;

function reasonBlocks(facts: DiagnosisFacts, staff: boolean): readonly Block[] {
  const further = facts.reasons.length - MOST_REASONS;
  const build = (limit: number): readonly Block[] => [
    ...facts.reasons.slice(0, MOST_REASONS).map((reason) => reasonBlock(reason, facts, staff, limit)),
    ...(further > 0 ? [paragraph(diagnosisWords.further(further))] : []),
  ];
  const fits = (blocks: readonly Block[]) =>
    blocks.reduce((sum, block) => sum + ('text' in block ? block.text.length : 0), 0) <= REASONS_CHARACTERS;
  return DETAIL_LIMITS.values().map(build).find(fits) ?? build(1);
}

function reasonBlock(reason: ReasonFacts, facts: DiagnosisFacts, staff: boolean, limit: number): Block {
  const { code, operation, other, detail } = reason;
  const said = detail === null ? null : diagnosisWords.detail(detail, limit);
  const words = join([wordsOf(reason), said], ' ');
  if (code === 'linked_elsewhere' && other) return lookAt(words, other);
  if ((code === 'open' || code === 'half_created') && operation)
    return withShow(words, operation.number, facts.permissions);
  const mend = MENDS[code];
  if (!mend) return paragraph(join([words, elsewhere[code] ?? null], ' '));
  const why = hindrance(mend, facts);
  return why === null
    ? { kind: 'section', text: words, accessory: mendButton(mend, facts, staff) }
    : paragraph(join([words, why], ' '));
}

/** Why a reason has no button; null where it has one. */
function hindrance(mend: Mend, facts: DiagnosisFacts): Text | null {
  const { abilities, permissions, unknown, unread } = facts;
  if (unread?.what === 'account') return diagnosisWords.later;
  const can = (mend.ability === null || abilities.has(mend.ability)) && (mend.when?.(facts) ?? true);
  if (!can) return diagnosisWords.inPanel;
  if (!permissions.has(mend.permission)) return diagnosisWords.others(mend.permission);
  const rests = mend.facet !== null && unknown.some(({ verb }) => FACETS[verb] === mend.facet);
  return rests ? diagnosisWords.rests : null;
}

function mendButton({ label, command, answer }: Mend, { account }: DiagnosisFacts, staff: boolean): Button {
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }) };
  const how: Invocation['answer'] = answer === 'outcome' ? (staff ? 'public' : 'private') : answer;
  return button(label, run(command, options, how), 'primary');
}

function withShow(words: Text, operation: number, permissions: ReadonlySet<Permission>): Block {
  if (!permissions.has('audit.view')) return paragraph(join([words, diagnosisWords.others('audit.view')], ' '));
  return { kind: 'section', text: words, accessory: button(mendLabels.show, run('operations show', { operation })) };
}

function lookAt(words: Text, { panel, accountId }: AccountReference): Block {
  const options = { account: formatReference({ panel, accountId }) };
  return { kind: 'section', text: words, accessory: button(mendLabels.look, run('user diagnose', options)) };
}

const elsewhere: Readonly<Partial<Record<ReasonFacts['code'], Text>>> = {
  gone: diagnosisWords.another,
};

function wordsOf({ code, operation, other, password }: ReasonFacts): Text {
  switch (code) {
    case 'half_created':
      return reasonWords.half_created(operation?.number ?? 0);
    case 'suspended': {
      if (operation === null) return reasonWords.suspended;
      const { actorId, at, dueAt, number } = operation;
      return cardWords.suspendedBy(actorId, at, dueAt, whyWords(operation), number);
    }
    case 'deletion_scheduled':
      return scheduledWords(operation);
    case 'open':
      return openWords(operation);
    case 'linked_elsewhere':
      return reasonWords.linked_elsewhere(other?.username ?? '');
    case 'password_unseen':
    case 'password_set':
      return reasonWords[code](password?.at ?? new Date(0), password?.number ?? 0);
    default:
      return reasonWords[code];
  }
}

function scheduledWords(operation: Told | null): Text {
  if (operation === null) return reasonWords.deleted;
  const { actorId, at, dueAt, number } = operation;
  return cardWords.deletionScheduled(actorId, dueAt ?? at, whyWords(operation), number);
}

function openWords(operation: Told | null): Text {
  if (operation === null) return diagnosisWords.rests;
  const { state, verb, delta, number } = operation;
  const deed = deedWords(verb, delta);
  if (state === 'unknown') return reasonWords.unclear(deed, number);
  return state === 'awaiting_approval' ? reasonWords.waiting(deed, number) : reasonWords.underWay(deed, number);
}

function mayReset({ permissions, abilities, account, unknown, unread, reasons }: DiagnosisFacts): boolean {
  if (account.status === 'deleted' || unread?.what === 'account' || reasons.some(({ code }) => code === 'gone'))
    return false;
  const rests = unknown.some(({ verb }) => FACETS[verb] === 'password');
  return permissions.has('accounts.password') && abilities.has('password') && !rests;
}
