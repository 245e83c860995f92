import type { Unit } from '../domain/money.ts';
import { approvalWords, becauseWords } from '../locales/en/approvals.ts';
import { operationCardWords, operationLabels, settledByWords, standingWords } from '../locales/en/operation-card.ts';
import { actorWords, deedWords, numberWords } from '../locales/en/operations.ts';
import { linkWords, undoLabel } from '../locales/en/settlement.ts';
import { amount, join, mention, moment, type Text, text, untrusted } from '../locales/text.ts';
import { cardButtons } from './approval-card.ts';
import { endingParts, isTakenBack } from './ending.ts';
import { reasonWords } from './operation-line.ts';
import { button, buttonRows, facts, fitBlocks, heading, lines, noticeView, paragraph, run } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import { particulars } from './record-words.ts';
import { doubtBlocks, settlementButtons } from './settlement-card.ts';
import type { Block, Button, Tone, View } from './view.ts';

/** What was added to an operation afterwards. */
export interface AmendmentFacts {
  readonly id: number;
  readonly authorId: string;
  readonly reason: string | null;
  readonly messageLink: string | null;
  readonly fileName: string | null;
  readonly at: Date;
}

/** One operation, and what the reader may do about it. */
export interface OperationCardFacts {
  readonly record: RecordFacts & { readonly amendments: readonly AmendmentFacts[] };
  readonly actions: ReadonlySet<'open' | 'undo' | 'approve' | 'decline' | 'settle' | 'amend'>;
}

/** So many amendments are told, the latest ones. */
const AMENDMENTS = 5;
/** So many steps are told; no panel's change has more. */
const STEPS = 8;

const TONES: Readonly<Record<RecordFacts['operation']['state'], Tone>> = {
  succeeded: 'good',
  failed: 'bad',
  unknown: 'info',
  pending: 'info',
  awaiting_approval: 'warning',
};

/** Everything about one operation, how it stands first. */
export function operationCard({ record, actions }: OperationCardFacts): View<'private'> {
  return {
    visibility: 'private',
    tone: record.doubt === null ? TONES[record.operation.state] : 'warning',
    blocks: fitBlocks((limit) => [
      paragraph(lines([standing(record), heading(titleOf(record))])),
      paragraph(factsOf(record, limit)),
      ...(record.doubt === null ? stepBlocks(record, limit) : doubtBlocks(record)),
      ...amendmentBlocks(record.amendments, limit),
      ...buttonRows(decidingButtons(record, actions)),
      ...buttonRows(otherButtons(record, actions)),
    ]),
  };
}

/** For those who may add to an operation, and not look at it. */
export function amendedView(number: number): View<'private'> {
  return noticeView('good', operationCardWords.amended(number));
}

/** A file that was added to an operation, under a name that Discord keeps as it is. */
export function fileView(file: {
  readonly operation: number;
  readonly name: string;
  readonly content: string | Uint8Array;
}): View<'private'> {
  const name = file.name.replace(/[^\w.-]+/g, '_').slice(-60);
  return {
    ...noticeView('neutral', operationCardWords.fileOf(file.operation)),
    files: [{ name: /\w/.test(name) ? name : 'file', content: file.content }],
  };
}

/** `Done · settled: it happened`, `Waits for approval · declined by itself in 3 hours` */
function standing(record: RecordFacts): Text {
  const { operation, doubt, waiting } = record;
  const words = isTakenBack(record) ? operationCardWords.takenBack : standingWords[operation.state];
  return join([
    words,
    operation.state === 'unknown' && doubt === null ? operationCardWords.findingOut : null,
    doubt === null ? null : operationCardWords.asksPerson,
    waiting?.until ? approvalWords.declinedItself(waiting.until) : null,
    ...endingParts(record, record.failureDetail),
  ]);
}

/** `#1042 · +50 to alex` */
export function titleOf({ operation, username }: Pick<RecordFacts, 'operation' | 'username'>): Text {
  const deed = deedWords(operation.verb, operation.delta);
  return join([numberWords(operation.number), username === null ? deed : withName(deed, operation, username)]);
}

function withName(deed: Text, { delta }: RecordFacts['operation'], username: string): Text {
  const name = untrusted(username, 40);
  if (delta === null) return join([deed, name]);
  return delta.minor < 0n ? operationCardWords.from(deed, name) : operationCardWords.to(deed, name);
}

function factsOf(record: RecordFacts, limit: number): Text {
  const { operation, username, balance, waiting, settledBy } = record;
  const what = particulars(record);
  const reason = reasonWords(operation, limit);
  return facts([
    [operationLabels.asked, join([actorWords(operation.actorId), moment(operation.at)])],
    reason === null ? null : [operationLabels.reason, reason],
    [
      operation.target === null && username === null ? operationLabels.panel : operationLabels.account,
      accountWords(record),
    ],
    what === null ? null : [operationLabels.what, what],
    balance === null || operation.delta === null
      ? null
      : [operationLabels.balance, balanceWords(balance, operation.delta.unit)],
    waiting?.because ? [operationLabels.because, becauseWords(waiting.because)] : null,
    waiting === null && operation.dueAt !== null ? [operationLabels.until, moment(operation.dueAt, 'dateTime')] : null,
    operation.link === null ? null : [operationLabels.link, linkWords[operation.link.kind](operation.link.number)],
    settledBy === null || settledBy === 'person' ? null : [operationLabels.settled, settledByWords[settledBy]],
  ]);
}

function accountWords({ operation, username, panel }: RecordFacts): Text {
  return join([
    username === null ? null : untrusted(username, 40),
    operation.memberId === null ? null : mention(operation.memberId),
    untrusted(panel.label, 40),
  ]);
}

function balanceWords({ before, after }: { readonly before: bigint; readonly after: bigint }, unit: Unit): Text {
  return text`${amount({ minor: before, unit })} → **${amount({ minor: after, unit })}**`;
}

function stepBlocks({ steps }: RecordFacts, limit: number): readonly Block[] {
  if (steps.length === 0) return [];
  return [
    paragraph(
      lines(steps.slice(0, STEPS).map(({ name, state }) => operationCardWords.step(name, state, Math.min(limit, 60)))),
    ),
  ];
}

function amendmentBlocks(amendments: readonly AmendmentFacts[], limit: number): readonly Block[] {
  if (amendments.length === 0) return [];
  const shown = amendments.slice(-AMENDMENTS);
  const hidden = amendments.length - shown.length;
  return [
    paragraph(lines([operationCardWords.added, hidden === 0 ? null : operationCardWords.earlier(hidden)])),
    ...shown.map((amendment) => amendmentBlock(amendment, limit)),
  ];
}

function amendmentBlock({ id, authorId, at, reason, messageLink, fileName }: AmendmentFacts, limit: number): Block {
  const words = join([
    operationCardWords.addedBy(authorId, at),
    reason === null ? null : operationCardWords.newReason(reason, limit),
    messageLink === null ? null : operationCardWords.message(messageLink),
    fileName === null ? null : operationCardWords.file(fileName, Math.min(limit, 60)),
  ]);
  if (fileName === null) return paragraph(words);
  const show = button(operationCardWords.showFile, run('operations file', { amendment: id }));
  return { kind: 'section', text: words, accessory: show };
}

/** What it waits for, where the reader may say it. */
function decidingButtons(record: RecordFacts, actions: OperationCardFacts['actions']): readonly Button[] {
  const { number } = record.operation;
  const approve = button(approvalWords.approve, run('operations approve', { operation: number }, 'update'), 'success');
  const decline = button(approvalWords.decline, run('operations decline', { operation: number }, 'form'), 'danger');
  return [
    ...(actions.has('approve') ? [approve] : []),
    ...(actions.has('decline') ? [decline] : []),
    ...(actions.has('settle') ? settlementButtons(record) : []),
  ];
}

function otherButtons(record: RecordFacts, actions: OperationCardFacts['actions']): readonly Button[] {
  const { number } = record.operation;
  return [
    ...(actions.has('open') ? cardButtons(record) : []),
    ...(actions.has('undo') ? [button(undoLabel, run('undo', { operation: number }))] : []),
    ...(actions.has('amend')
      ? [button(operationCardWords.correct, run('operations amend', { operation: number }, 'form'))]
      : []),
  ];
}
