import type { Money } from '../domain/money.ts';
import type { Verb } from '../domain/operation.ts';
import { limitWords } from '../locales/en/limits.ts';
import { memberWords } from '../locales/en/member-notice.ts';
import { numberWords } from '../locales/en/operations.ts';
import { amount, join, type Text, text, untrusted } from '../locales/text.ts';
import { paragraph, subtext } from './parts.ts';
import { showMineRow } from './password-button.ts';
import type { RecordFacts } from './record-facts.ts';
import type { Tone, View } from './view.ts';

/** What was done to a member's account, for them alone; `left` where its end is near. Never who did it, and nothing secret. */
export function memberNoticeView(record: RecordFacts, left: 'day' | 'hour' | null): View<'private'> {
  const { operation, username, panel } = record;
  const says = left === null ? sentences[operation.verb](record) : [memberWords.suspensionEnds(left, operation.dueAt)];
  const isPassword = operation.verb === 'account.password';
  const optional = !record.changed.includes('email') && !isPassword;
  return {
    visibility: 'private',
    tone: TONES[operation.verb] ?? 'neutral',
    blocks: [
      paragraph(join(says, ' ')),
      paragraph(
        subtext(
          join([
            username === null ? null : untrusted(username, 40),
            untrusted(panel.label, 40),
            numberWords(operation.number),
            optional ? memberWords.notWanted : null,
          ]),
        ),
      ),
      ...(isPassword ? showMineRow(operation.number) : []),
    ],
  };
}

const TONES: Readonly<Partial<Record<Verb, Tone>>> = {
  'credits.grant': 'good',
  'account.unsuspend': 'good',
  'account.restore': 'good',
  'account.keep': 'good',
  'account.suspend': 'warning',
  'server.suspend': 'warning',
  'server.unsuspend': 'good',
  'account.schedule_deletion': 'bad',
  'account.delete': 'bad',
};

type Sentences = (record: RecordFacts) => readonly (Text | null)[];

const sentences: Readonly<Record<Verb, Sentences>> = {
  'credits.grant': (record) => moved(record, isUndo(record) ? memberWords.givenBack : memberWords.given),
  'credits.deduct': (record) => moved(record, isUndo(record) ? memberWords.takenBack : memberWords.taken),
  'credits.set': (record) => [memberWords.balanceSet(why(record)), balanceNow(record)],
  'account.suspend': (record) => [
    memberWords.suspended(why(record)),
    record.operation.dueAt && memberWords.suspendedUntil(record.operation.dueAt),
  ],
  'account.unsuspend': (record) => [
    isEnd(record) ? memberWords.suspensionOver : memberWords.suspensionLifted(why(record)),
  ],
  'account.schedule_deletion': (record) => [
    memberWords.deletionScheduled(record.operation.dueAt, why(record)),
    memberWords.deletionWrong,
  ],
  'account.keep': () => [memberWords.deletionOff],
  'account.delete': (record) => [isEnd(record) ? memberWords.deletedAsAnnounced : memberWords.deleted(why(record))],
  'account.restore': (record) => [memberWords.restored(why(record))],
  'account.create': (record) => [memberWords.created, balanceNow(record)],
  'account.verify': () => [memberWords.verified],
  'account.role': ({ role }) => [role === null ? memberWords.rolesChanged : roleSentences[role.change](role.name)],
  'account.edit': edited,
  'account.notify': () => [],
  'account.discord': () => [],
  'limit.add': limited,
  'limit.remove': limited,
  'limit.set': limited,
  'voucher.create': () => [],
  'voucher.revoke': () => [],
  'server.suspend': (record) => [memberWords.serverSuspended(record.servers[0] ?? null, why(record))],
  'server.unsuspend': ({ servers }) => [memberWords.serversLifted(servers)],
  'account.password': (record) => [memberWords.passwordSet(why(record)), memberWords.passwordToSee],
};

const roleSentences = { add: memberWords.roleGiven, remove: memberWords.roleTaken, set: memberWords.roleSet };

function moved(record: RecordFacts, sentence: (amount: Text, why: Text) => Text): readonly (Text | null)[] {
  const { delta } = record.operation;
  if (delta === null) return [];
  const size = { ...delta, minor: delta.minor < 0n ? -delta.minor : delta.minor };
  return [sentence(inUnit(size), why(record)), balanceNow(record)];
}

function limited(record: RecordFacts): readonly Text[] {
  const after = record.limit?.after ?? null;
  return [
    after === null
      ? memberWords.limitChanged(why(record))
      : memberWords.limitMoved(limitWords.servers(after), why(record)),
  ];
}

function balanceNow({ balance, operation: { delta } }: RecordFacts): Text | null {
  if (balance === null || delta === null) return null;
  return memberWords.balance(inUnit({ minor: balance.after, unit: delta.unit }));
}

function inUnit(money: Money): Text {
  return text`**${amount(money)}** ${untrusted(money.unit.code, 20)}`;
}

function edited({ changed }: RecordFacts): readonly (Text | null)[] {
  return [
    ...(changed.includes('email') ? [memberWords.emailChanged, memberWords.emailWrong] : []),
    changed.includes('username') ? memberWords.usernameChanged : null,
    changed.includes('name') ? memberWords.nameChanged : null,
  ];
}

/** The end of a sentence: the reason as it stands now, where one was given. */
function why({ operation: { reason, correctedReason } }: RecordFacts): Text {
  const given = correctedReason ?? reason ?? '';
  return given === '' ? memberWords.stop : memberWords.because(untrusted(given, 300));
}

function isUndo({ operation: { link } }: RecordFacts): boolean {
  return link?.kind === 'undo';
}

function isEnd({ operation: { link } }: RecordFacts): boolean {
  return link?.kind === 'end';
}
