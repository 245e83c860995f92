import { openOperationsWords, operationCardWords, operationChoice } from '../locales/en/operation-card.ts';
import { actorWords, deedWords, numberWords, stateWords } from '../locales/en/operations.ts';
import { join, moment, type Text, text, untrusted } from '../locales/text.ts';
import { button, fitRows, heading, noticeView, numberedPages, paragraph, run } from './parts.ts';
import type { RecordFacts } from './record-facts.ts';
import type { View } from './view.ts';

/** What of an operation stands on one line of the list. */
type OpenOperation = Pick<RecordFacts, 'operation' | 'username' | 'doubt'>;

/** One page of the operations that have not ended, oldest first, with a select to open one of them. */
export function openOperationsView(open: {
  readonly records: readonly OpenOperation[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}): View<'private'> {
  const { records } = open;
  if (records.length === 0) {
    return noticeView('good', openOperationsWords.empty, [button(openOperationsWords.search, run('audit search'))]);
  }
  return {
    visibility: 'private',
    tone: records.some(({ doubt }) => doubt !== null) ? 'warning' : 'info',
    blocks: [
      paragraph(heading(openOperationsWords.title(open.total))),
      paragraph(fitRows(records, openLine)),
      {
        kind: 'choice',
        select: {
          placeholder: openOperationsWords.open,
          choices: records.map(({ operation, username }) => ({
            label: operationChoice({ ...operation, username }),
            value: String(operation.number),
          })),
          action: { ...run('operations show'), fill: 'operation' },
        },
      },
      ...numberedPages(open, 'operations pending', {}),
    ],
  };
}

/** `#1042 · +50 · alex · waits for approval · @Mira · 3 minutes ago` */
function openLine(open: OpenOperation, limit: number): Text {
  const { operation, username } = open;
  return join([
    numberWords(operation.number),
    text`**${deedWords(operation.verb, operation.delta)}**`,
    username === null ? null : untrusted(username, limit),
    waitsFor(open),
    actorWords(operation.actorId),
    moment(operation.at),
  ]);
}

function waitsFor({ operation: { state }, doubt }: OpenOperation): Text | null {
  if (doubt !== null) return text`**${operationCardWords.asksPerson}**`;
  return state === 'unknown' ? operationCardWords.findingOut : stateWords[state];
}
