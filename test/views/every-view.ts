/** Every view there is, with one text wherever people or panels may write, and with as many rows and as large amounts as there can be. */
import { VERBS } from '../../src/domain/operation.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { helpExamples } from '../../src/locales/en/help.ts';
import { IMPORT_VERDICTS } from '../../src/services/links/importable.ts';
import { OPERATION_ACTIONS } from '../../src/services/operations/show.ts';
import { accountCard, ownCard, sharedCard } from '../../src/views/account-card.ts';
import { type Announcement, announcementView } from '../../src/views/announcement.ts';
import { auditView } from '../../src/views/audit.ts';
import { auditCheckView } from '../../src/views/audit-check.ts';
import { auditExportView } from '../../src/views/audit-export.ts';
import { candidatesView } from '../../src/views/candidates.ts';
import { declinedView } from '../../src/views/card-notice.ts';
import { checklistView } from '../../src/views/checklist.ts';
import { deletionView } from '../../src/views/deletion.ts';
import { directMessageView } from '../../src/views/direct-message.ts';
import { forgetView, forgottenView } from '../../src/views/forget.ts';
import { helpView } from '../../src/views/help.ts';
import { historyView } from '../../src/views/history.ts';
import { creditsView, ledgerView } from '../../src/views/ledger.ts';
import { importedView, importPreviewView } from '../../src/views/link-import.ts';
import { linkedView, linkRemovedView, linksView } from '../../src/views/links.ts';
import { listView } from '../../src/views/list.ts';
import { maskAccount } from '../../src/views/masked-account.ts';
import { notesView } from '../../src/views/notes.ts';
import { notificationPreview, notifiedView } from '../../src/views/notification.ts';
import { notificationsView } from '../../src/views/notifications.ts';
import { openOperationsView } from '../../src/views/open-operations.ts';
import { fileView, operationCard } from '../../src/views/operation-card.ts';
import {
  accountOutcome,
  askView,
  creditsOutcome,
  limitOutcome,
  unknownView,
  waitingView,
} from '../../src/views/outcome.ts';
import { paymentsView } from '../../src/views/payments.ts';
import { explanationView, grantsView } from '../../src/views/policy.ts';
import { refusalView } from '../../src/views/refusal.ts';
import { ownServersView, serversOutcome, serversView } from '../../src/views/servers.ts';
import { settingsView } from '../../src/views/settings.ts';
import { unlinkedView } from '../../src/views/unlinked.ts';
import type { View } from '../../src/views/view.ts';
import { revocationView, voucherMadeView, voucherRevokedView, vouchersView } from '../../src/views/vouchers.ts';
import { mendingViews } from './mending-views.ts';
import { panelViews } from './panel-views.ts';
import { account, card, LONGEST, ledgerLine, NOW, operation, record, UNIT } from './samples.ts';

const BIGGEST = { minor: 10n ** 15n, unit: { ...UNIT, code: LONGEST } };
/** The longest id that Discord may give. */
export const ID = '9'.repeat(20);

const EVERY_ACTION = new Set(OPERATION_ACTIONS);

export function everyView(text: string): Readonly<Record<string, View>> {
  const worst = account({
    email: `${text}@${text}`,
    username: text,
    name: text,
    roles: [text, text],
    administrator: true,
    verified: false,
    balance: BIGGEST,
    details: {
      ...{ firstName: text, lastName: text, language: text, externalId: text, twoFactor: false, lastSeenAt: text },
      ...{ servers: 1_000_000, suspendedServers: 999_999, serverLimit: 1_000_000, payments: 1_000_000 },
    },
  });
  const deed = operation({
    reason: text,
    correctedReason: text,
    delta: BIGGEST,
    actorId: ID,
    memberId: ID,
    number: 999_999,
  });
  const unclear = { ...deed, state: 'unknown' as const };
  const full = card({
    account: { ...worst, status: 'suspended' },
    panel: { id: 'main', label: text },
    link: { userId: ID, proof: 'staff', at: NOW, isClosed: true },
    suspension: { ...deed, dueAt: NOW },
    deletion: { ...deed, dueAt: NOW },
    recent: [deed, { ...deed, number: 2 }, { ...deed, number: 3 }],
    open: [unclear, unclear, unclear, unclear, unclear],
    noteCount: 999,
    own: true,
  });
  const named = { panel: 'main', accountId: '1001', username: text, name: text };
  const pages = { next: '<1', previous: '>1' };
  const labelled = { id: 'main', label: text };
  const held = { username: text, userId: ID };
  const many = { count: 1_000_000, first: [held, held, held] };
  const everyVerdict = Object.fromEntries(IMPORT_VERDICTS.map((verdict) => [verdict, many]));
  const payment = { at: NOW, amount: text, currency: text, status: text, product: text };
  const voucher = {
    ...{ id: '1', code: text, credits: BIGGEST, uses: 2_147_483_647, used: 2_147_483_647, memo: text },
    expiresAt: new Date(NOW.getTime() + 1_000),
  };
  const voucherPage = {
    panel: labelled,
    vouchers: Array.from({ length: 10 }, (_, index) => ({ ...voucher, id: String(index) })),
    cursor: '<1',
    next: '>1',
  };
  const entry = ledgerLine({ operation: deed, delta: BIGGEST, balance: BIGGEST });
  const row = { ...named, status: 'suspended' as const, balance: BIGGEST, linkedTo: ID };
  const grant = {
    id: 1,
    subjectKind: 'role' as const,
    subjectId: ID,
    permission: null,
    preset: 'moderator' as const,
    panel: 'p'.repeat(16),
    perAct: '9'.repeat(40),
    perDay: '9'.repeat(40),
  };
  const note = { id: 1, text, authorId: ID, at: NOW, withdrawnAt: NOW, withdrawnBy: ID };
  const apart = Array.from({ length: 25 }, (_, index) => ({
    ...row,
    panel: index % 2 ? 'eu' : 'main',
    panelLabel: text,
  }));
  const times = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
  const related = { ...deed, dueAt: NOW, link: { number: 999_998, kind: 'undo' as const } };
  const done = { operation: related, account: maskAccount(worst), undo: 'public' as const };
  const amended = (messageLink: string) => ({
    id: 1,
    authorId: ID,
    reason: text,
    messageLink,
    fileName: text,
    at: NOW,
  });
  const told = record({
    operation: related,
    panel: { id: 'main', label: text },
    username: text,
    balance: { before: BIGGEST.minor, after: BIGGEST.minor },
    settledBy: 'reference',
    waiting: {
      because: { code: 'policy.over_day', parameters: { limit: BIGGEST, left: BIGGEST } },
      needed: 2,
      until: NOW,
    },
    decisions: times(2, { userId: ID, decision: 'declined', reason: text, at: NOW }),
    steps: times(20, { name: text, state: 'unknown' }),
    servers: times(20, text),
    amendments: [...times(9, amended(text)), amended(`https://discord.com/channels/${ID}/${ID}/${ID}`)],
    linked: times(3, { ...related, link: { number: 999_999, kind: 'undo' } }),
    movements: times(20, { kind: 'outside', deltaMinor: BIGGEST.minor, at: NOW, operation: null }),
  });
  const server = { id: '7', name: text, status: 'failed' as const, product: text, expiresAt: NOW, url: text };
  const leading = { ...server, url: `https://panel.example.com/server/${'x'.repeat(450)}` };
  const servers = {
    account: { ...named, status: 'active' as const },
    servers: [...times(8, leading), ...times(20, { ...server, status: 'suspended' as const })],
    suspendable: true,
    staff: true,
    now: NOW,
  };
  return {
    servers: serversView({ ...servers, page: 0 }),
    'further servers': serversView({ ...servers, page: 1 }),
    'few servers': serversView({ ...servers, servers: servers.servers.slice(6, 10), page: 0 }),
    'no servers': serversView({ ...servers, servers: [], page: 0 }),
    'own servers': ownServersView({ ...servers, page: 0 }),
    'servers suspended': serversOutcome(
      { ...done, operation: { ...related, verb: 'server.suspend' } },
      times(20, { name: text }),
    ),
    'operation card': operationCard({ record: told, actions: EVERY_ACTION }),
    'operation card of what stopped half way': operationCard({
      record: { ...told, doubt: { why: 'steps', done: times(5, text), open: text } },
      actions: EVERY_ACTION,
    }),
    'operation card of a doubtful balance': operationCard({
      record: {
        ...told,
        doubt: { why: 'balance', beforeMinor: BIGGEST.minor, expectedMinor: BIGGEST.minor, seenMinor: BIGGEST.minor },
      },
      actions: EVERY_ACTION,
    }),
    'open operations': openOperationsView({ records: times(10, told), total: 1_000, page: 1, pages: 100 }),
    'no open operations': openOperationsView({ records: [], total: 0, page: 0, pages: 0 }),
    'file of an operation': fileView({ operation: 999_999, name: text, content: '' }),
    'card of a panel that is down': accountCard({ ...full, unread: 'unreachable' }, { staff: true }),
    card: accountCard(full, { staff: true }),
    'revealed card': accountCard(full, { staff: true, revealed: true }),
    'own card': ownCard(full),
    'shared card': sharedCard(maskAccount(full.account), full, ID),
    credits: creditsView(
      { account: named, balance: BIGGEST, grantedToday: BIGGEST, last: times(5, entry) },
      'credits history',
    ),
    ledger: ledgerView({ account: named, items: times(10, entry), ...pages }, 'credits history'),
    history: historyView({ account: named, items: times(10, deed), ...pages }, 'user history'),
    list: listView({ rows: apart, total: 1_001, ...pages }, {}),
    candidates: candidatesView({ command: 'user view', options: {}, answer: 'private', accounts: apart }),
    notes: notesView(named, times(50, note), { page: 1, mayWithdraw: () => true }),
    'notes that stand': notesView(named, times(50, { ...note, withdrawnAt: null }), {
      page: 0,
      mayWithdraw: () => true,
    }),
    links: linksView(
      times(10, { target: named, username: text, panelLabel: text, userId: ID, proof: 'staff', by: ID, at: NOW }),
    ),
    linked: linkedView({
      target: named,
      username: text,
      panelLabel: text,
      userId: ID,
      kept: { kind: 'kept', number: 999_999 },
    }),
    'linked and not written down': linkedView({
      ...{ target: named, username: text, panelLabel: text, userId: ID },
      kept: { refusal: refuse('panel.failed', { panel: text, kind: 'rejected', detail: text }) },
    }),
    'link removed': linkRemovedView({
      target: named,
      username: text,
      panelLabel: text,
      kept: { kind: 'unknown', number: 999_999 },
    }),
    'links to import': importPreviewView({ panel: labelled, proves: false, readAt: NOW, found: everyVerdict }),
    'links to import, proven': importPreviewView({ panel: labelled, proves: true, readAt: null, found: {} }),
    'links imported': importedView({ panel: labelled, linked: 500, absent: [held, held, held, held], next: '9' }),
    payments: paymentsView({ account: named, payments: Array.from({ length: 10 }, () => payment) }),
    'no payments': paymentsView({ account: named, payments: [] }),
    'limit moved': limitOutcome(
      { operation: { ...deed, verb: 'limit.add', delta: null }, account: maskAccount(worst), undo: 'public' },
      { by: 999_999, before: 1, after: 1_000_000 },
    ),
    'voucher made': voucherMadeView(deed, { ...voucher, voucherCode: text }),
    vouchers: vouchersView(voucherPage, { revealed: false, now: NOW }),
    'vouchers revealed': vouchersView(voucherPage, { revealed: true, now: NOW }),
    'no vouchers': vouchersView({ ...voucherPage, vouchers: [], next: null }, { revealed: false, now: NOW }),
    'voucher to revoke': revocationView('main', voucher, { now: NOW, answer: 'public' }),
    'voucher revoked': voucherRevokedView(deed, { voucherCode: text }, text),
    'whole audit log': auditCheckView({
      fault: null,
      sealed: 999_999_999,
      since: NOW,
      head: { position: 999_999_999, seal: 'f'.repeat(64) },
      compared: [
        { from: 'given', position: 1, seal: 'f'.repeat(64) },
        { from: 'database', position: 999_999_999, seal: 'f'.repeat(64), at: NOW },
      ],
      unsealed: 999_999,
    }),
    'changed audit log': auditCheckView({
      fault: {
        kind: 'changed',
        position: 999_999_999,
        row: { at: NOW, actorId: text, action: text, operation: 999_999 },
      },
      sealed: 999_999_998,
      since: NOW,
      head: null,
      compared: [],
      unsealed: 0,
    }),
    'exported audit log': auditExportView({ rows: 999_999, files: [], from: text, to: text, personal: true }),
    'what would be forgotten': forgetView(),
    'what was forgotten': forgottenView({ rows: 999_999, operations: 999_999, later: 999_999 }),
    audit: auditView(
      {
        items: times(10, {
          at: NOW,
          actorId: ID,
          action: text,
          outcome: 'unknown',
          target: named,
          username: text,
          memberId: ID,
          operation: 999_999,
          delta: null,
        }),
        ...pages,
      },
      {},
    ),
    grants: grantsView(times(50, grant), 1, times(50, ID), true),
    explanation: explanationView(
      {
        memberId: ID,
        permission: 'accounts.security',
        owner: false,
        grants: times(50, grant),
        giving: [],
        refusal: refuse('policy.denied', { permission: null }),
        lowestPreset: 'administrator',
        holders: times(50, grant),
      },
      named,
    ),
    notifications: notificationsView({
      told: true,
      closedSince: NOW,
      notices: ['credits', 'suspension', 'deletion', 'details'],
    }),
    settings: settingsView(
      {
        auditChannelId: ID,
        staffChannelIds: times(25, ID),
        reasons: times(25, text),
        repeatWindowMinutes: 1_439,
        approvalsChannelId: ID,
        alertRoleId: ID,
        approvers: 2,
        approvalHours: 167,
        approvalVerbs: VERBS,
        approvalExempt: 'administrator',
        undoMinutes: 1_439,
        graceHours: 719,
        memberNotices: ['credits', 'suspension', 'deletion', 'details'],
        personalMonths: 119,
      },
      { saved: true, unreachable: new Set([ID]) },
    ),
    help: helpView({ commands: helpExamples.map(({ command }) => command), ownerIds: times(50, ID) }),
    checklist: checklistView({
      auditChannel: false,
      staffChannel: false,
      panels: times(50, { label: text, reached: false }),
      linked: false,
    }),
    deletion: deletionView({ card: full, effects: times(50, text), soft: true, graceHours: 0, suspends: true }, text),
    'deletion with grace': deletionView(
      { card: full, effects: times(50, text), soft: true, graceHours: 719, suspends: false },
      text,
    ),
    declined: declinedView(told, ID),
    'message before it is sent': notificationPreview({
      account: worst,
      panelLabel: text,
      memberId: ID,
      by: 'direct',
      text: text.slice(0, 1_500),
    }),
    'message of many lines before it is sent': notificationPreview({
      account: worst,
      panelLabel: text,
      memberId: null,
      by: 'panel',
      text: '*\n'.repeat(750),
    }),
    'message that was sent': notifiedView(done, 'direct'),
    waiting: waitingView({ ...related, state: 'awaiting_approval' }, maskAccount(worst)),
    'credits outcome': creditsOutcome(done, { delta: BIGGEST, before: BIGGEST, after: BIGGEST }),
    'account outcome': accountOutcome({ ...done, operation: { ...related, verb: 'account.role' } }, { linked: false }),
    unknown: unknownView(unclear, maskAccount(worst), text),
    ask: askView(
      { verb: 'credits.grant', number: 1, actorId: ID, at: NOW },
      { command: 'credits add', options: { amount: text, reason: text }, answer: 'private' },
    ),
    refusal: refusalView(refuse('panel.failed', { panel: text, kind: 'rejected', detail: text })),
    unlinked: unlinkedView({ userId: ID, panel: text, mayLink: true, mayCreate: true }),
    ...panelViews(text),
    ...mendingViews(text),
    ...announcements(text, deed, grant),
  };
}

/** What is said without having been asked for: each kind, in each state that says something else. */
function announcements(
  text: string,
  deed: ReturnType<typeof operation>,
  grant: Extract<Announcement, { action: 'policy.grant' | 'policy.revoke' }>['grant'],
): Readonly<Record<string, View>> {
  const operationOf = { ...deed, correctedReason: text, dueAt: NOW, link: { number: 999_998, kind: 'undo' as const } };
  const worst = record({
    operation: operationOf,
    panel: { id: 'main', label: text },
    username: text,
    balance: { before: 10n ** 15n, after: 10n ** 15n },
    failure: 'rejected',
    failureDetail: text,
    decisions: [
      { userId: ID, decision: 'approved', reason: null, at: NOW },
      { userId: ID, decision: 'declined', reason: text, at: NOW },
    ],
    linked: Array.from({ length: 9 }, () => operationOf),
    movements: Array.from({ length: 20 }, () => ({ kind: 'outside', deltaMinor: 10n ** 15n, at: NOW, operation: 9 })),
    role: { name: text, change: 'set' },
  });
  const waiting = {
    because: { code: 'policy.over_day' as const, parameters: { limit: BIGGEST, left: BIGGEST } },
    needed: 2,
    until: NOW,
  };
  const doubts = [
    { why: 'balance', beforeMinor: 10n ** 15n, expectedMinor: 10n ** 15n, seenMinor: null },
    { why: 'steps', done: Array.from({ length: 9 }, () => text), open: text },
    { why: 'unclear' },
    { why: 'contradiction', came: 'failed' },
  ] as const;
  const say = (announcement: Announcement) => announcementView(announcement, new Date(0));
  const asking = { alertRoleId: ID, balance: BIGGEST };
  return {
    'audit line': say({ kind: 'operation', record: worst, undoUntil: NOW }),
    'declined line': say({ kind: 'operation', record: { ...worst, failure: 'declined' }, undoUntil: null }),
    'approval card': say({ kind: 'card', record: { ...worst, waiting }, ...asking }),
    reminder: say({ kind: 'reminder', record: { ...worst, waiting }, alertRoleId: ID }),
    'reminder of a doubt': say({ kind: 'reminder', record: { ...worst, doubt: doubts[1] }, alertRoleId: ID }),
    ...Object.fromEntries(
      doubts.map((doubt) => [
        `settlement card: ${doubt.why}`,
        say({ kind: 'card', record: { ...worst, doubt }, ...asking }),
      ]),
    ),
    'ended card': say({ kind: 'card', record: worst, ...asking }),
    ...Object.fromEntries(
      VERBS.map((verb) => [
        `told of ${verb}`,
        say({
          kind: 'member',
          record: { ...worst, operation: { ...operationOf, verb }, changed: ['email', 'username', 'name'] },
          left: null,
        }),
      ]),
    ),
    'told of an end': say({ kind: 'member', record: worst, left: 'hour' }),
    'told to whoever asked': say({ kind: 'requester', record: worst }),
    'told to whoever asked that nobody was reached': say({ kind: 'requester', record: worst, unreached: true }),
    'announced grant': say({ kind: 'policy', action: 'policy.grant', actorId: ID, grant }),
    'announced settings': say({
      kind: 'policy',
      action: 'settings.change',
      actorId: ID,
      changes: [{ setting: 'approvalsChannelId', before: ID, after: null }],
    }),
    'message of the team': directMessageView({ title: text, text: text.slice(0, 1_500) }),
  };
}
