import type { Unit } from '../domain/money.ts';
import { limitWords } from '../locales/en/limits.ts';
import { deltaWords, numberWords } from '../locales/en/operations.ts';
import { doubtLabels, doubtWords } from '../locales/en/settlement.ts';
import { amount, join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { askedFacts, type CardFacts, cardButtons, titleOfDeed } from './approval-card.ts';
import { button, buttonRows, facts, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { DoubtFacts, RecordFacts } from './record-facts.ts';
import type { Block, Button, Invocation, View } from './view.ts';

/** So many other movements are told one by one. */
const MOVEMENTS = 6;

/** What is known and what is not of an operation whose outcome nobody but a person can say. Nothing personal. */
export function settlementCard({ record, alertRoleId }: Omit<CardFacts, 'balance'>): View<'masked'> {
  const { operation, doubt, panel } = record;
  const title = doubt === null ? null : doubtTitles[doubt.why];
  return {
    visibility: 'masked',
    tone: 'warning',
    audience: 'operations.settle',
    blocks: [
      paragraph(lines([join([title, numberWords(operation.number)]), heading(titleOfDeed(record))])),
      paragraph(facts(askedFacts(record))),
      ...doubtBlocks(record),
      paragraph(
        lines([
          subtext(doubtWords.look(untrusted(panel.label, 40))),
          alertRoleId === null ? null : doubtWords.mentioned(alertRoleId),
        ]),
      ),
      ...buttonRows([...settlementButtons(record), ...cardButtons(record)]),
    ],
  };
}

/** *It happened · It did not · Try again*, of which one press counts. There is nothing to try again once two outcomes came. */
export function settlementButtons({ operation, doubt }: Pick<RecordFacts, 'operation' | 'doubt'>): readonly Button[] {
  const settle = (outcome: 'happened' | 'not' | 'again'): Invocation => ({
    ...run('operations settle', { operation: operation.number, outcome }, 'update'),
    once: 'settle',
  });
  return [
    button(doubtWords.happened, settle('happened'), 'success'),
    button(doubtWords.not, settle('not'), 'danger'),
    ...(doubt?.why === 'contradiction' ? [] : [button(doubtWords.again, settle('again'))]),
  ];
}

/** What is not known of it. */
export const doubtTitles: Readonly<Record<DoubtFacts['why'], Text>> = {
  balance: doubtWords.unclear,
  limit: doubtWords.unclear,
  unclear: doubtWords.unclear,
  steps: doubtWords.steps,
  contradiction: doubtWords.contradiction,
};

/** What reading has shown: balances with what else moved them, steps, or the two answers. */
export function doubtBlocks(record: RecordFacts): readonly Block[] {
  const { doubt, operation } = record;
  switch (doubt?.why) {
    case undefined:
      return [];
    case 'balance':
      return operation.delta === null ? [] : balanceBlocks(record, doubt, operation.delta.unit);
    case 'limit':
      return limitBlocks(doubt);
    case 'steps':
      return [paragraph(lines([...doubt.done.map(doubtWords.done), doubtWords.open(doubt.open)]))];
    case 'unclear':
      return [paragraph(doubtWords.notShown)];
    case 'contradiction':
      return [paragraph(lines([doubtWords.stored(operation.state), doubtWords.came(doubt.came)]))];
  }
}

function limitBlocks({ before, expected, seen }: Extract<DoubtFacts, { why: 'limit' }>): readonly Block[] {
  const servers = (limit: number) => text`**${limitWords.servers(limit)}**`;
  return [
    paragraph(
      facts([
        [doubtLabels.before, servers(before)],
        [doubtLabels.expected, servers(expected)],
        [doubtLabels.seen, seen === null ? doubtWords.notRead : servers(seen)],
      ]),
    ),
    paragraph(doubtWords.limit),
  ];
}

function balanceBlocks(
  { movements, operation }: RecordFacts,
  { beforeMinor, expectedMinor, seenMinor }: Extract<DoubtFacts, { why: 'balance' }>,
  unit: Unit,
): readonly Block[] {
  const balance = (minor: bigint) => text`**${amount({ minor, unit })}**`;
  const others = movements.filter((movement) => movement.operation !== operation.number);
  const moved = others
    .slice(0, MOVEMENTS)
    .map(({ deltaMinor, at, operation: number }) =>
      join([
        deltaWords({ minor: deltaMinor, unit }),
        number === null ? doubtWords.outside : numberWords(number),
        moment(at),
      ]),
    );
  return [
    paragraph(
      facts([
        [doubtLabels.before, balance(beforeMinor)],
        [doubtLabels.expected, balance(expectedMinor)],
        [doubtLabels.seen, seenMinor === null ? doubtWords.notRead : balance(seenMinor)],
      ]),
    ),
    paragraph(moved.length === 0 ? doubtWords.noMovements : lines([doubtWords.between, ...moved])),
    paragraph(doubtWords.balance),
  ];
}
