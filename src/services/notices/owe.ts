import type { JsonValue } from '../../panels/panel.ts';
import type { Transaction } from '../../store/connect.ts';
import { jsonParameter } from '../json.ts';

/** Stores a notice in the transaction of what it tells. Operations' notices hold their number only: the line is made from the row. */
export async function oweNotice(
  transaction: Transaction,
  notice: { kind: 'operation'; operation: number } | { kind: 'policy'; content: JsonValue },
): Promise<void> {
  const operation = notice.kind === 'operation' ? notice.operation : null;
  const content = notice.kind === 'policy' ? notice.content : {};
  await transaction`
    insert into notices (kind, operation, content) values (${notice.kind}, ${operation}, ${jsonParameter(transaction, content)})`;
}
