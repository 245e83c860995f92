import { createHash } from 'node:crypto';
import { actorId } from '../../domain/actor.ts';
import { parseMessageLink } from '../../domain/message-link.ts';
import { type Permission, VERB_PERMISSIONS } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { checkReason } from '../accounts/reason.ts';
import { recordAudit } from '../audit/record.ts';
import { consumePress } from '../components/press.ts';
import type { Attachment, Context } from '../context.ts';
import { storable } from '../json.ts';
import { oweNotice } from '../notices/owe.ts';
import { allowed, authorize, authorizeNow } from '../policy/authorize.ts';
import type { OperationRecord } from './record.ts';
import { recordInReach } from './visible.ts';

/** The largest file that is kept with an operation, in bytes. */
export const FILE_LIMIT_BYTES = 2 * 1024 * 1024;
const FILE_NAME_LENGTH = 100;

/** What is to be added to an operation: at least one of these. */
export interface Amendment {
  readonly number: number;
  /** The reason as it should have been. */
  readonly reason?: string | undefined;
  /** Link of the message that it was about. */
  readonly message?: string | undefined;
  readonly file?: Attachment | undefined;
}

/** What is stored of an {@link Amendment}. */
interface Addition {
  readonly reason: string | null;
  readonly messageLink: string | null;
  readonly file: { readonly name: string; readonly content: Uint8Array } | null;
}

/**
 * Adds to the record of an operation, which itself stays as it is: for whoever did it and still may, and for those who settle operations.
 * The same request delivered again adds nothing.
 *
 * @throws Refusal the policy's, `operation.none`, `amendment.empty`, `reason.missing`, `input.invalid`, `file.too_large`, `file.gone`
 */
export async function amendOperation(ctx: Context, amendment: Amendment): Promise<void> {
  const record = await recordInReach(ctx, amendment.number);
  const permission = permissionToAmend(ctx, record);
  const panel = record.panel.id;
  await authorize(ctx, permission, { panel });
  const addition = await readAddition(ctx, amendment);
  await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, permission, panel);
    await consumePress(ctx, transaction);
    await insertAddition(ctx, transaction, record, addition);
  });
}

/** The right that the actor needs to add to an operation: what they did is theirs to add to, and else it takes the right to settle. */
export function permissionToAmend(ctx: Context, { operation, panel }: OperationRecord): Permission {
  const permission = VERB_PERMISSIONS[operation.verb];
  const own = operation.actorId === actorId(ctx.actor) && allowed(ctx, permission, panel.id);
  return own ? permission : 'operations.settle';
}

async function readAddition(ctx: Context, { reason, message, file }: Amendment): Promise<Addition> {
  if (reason === undefined && message === undefined && file === undefined) throw refuse('amendment.empty', {});
  return {
    reason: reason === undefined ? null : checkReason(storable(reason)),
    messageLink: message === undefined ? null : checkMessageLink(message),
    file: file === undefined ? null : await fetchFile(ctx, file),
  };
}

function checkMessageLink(text: string): string {
  const link = parseMessageLink(text);
  if (link === null) throw refuse('input.invalid', { field: 'message', problem: 'malformed' });
  return link;
}

async function fetchFile(ctx: Context, file: Attachment): Promise<Addition['file']> {
  const content = await ctx.attachments.download(file, FILE_LIMIT_BYTES);
  return { name: storable(file.name.slice(0, FILE_NAME_LENGTH)), content };
}

/** The file's digest stands in the sealed row, so that nobody exchanges the file unnoticed; its name may say whom it is about. */
async function insertAddition(
  ctx: Context,
  transaction: Transaction,
  { operation, panel }: OperationRecord,
  { reason, messageLink, file }: Addition,
): Promise<void> {
  const authorId = actorId(ctx.actor);
  const { number } = operation;
  const [inserted] = await transaction<{ id: bigint }[]>`
    insert into amendments (operation, author_id, reason, message_link, file_name, file, origin)
    values (${number}, ${authorId}, ${reason}, ${messageLink}, ${file?.name ?? null}, ${file?.content ?? null}, ${ctx.origin})
    on conflict (origin) do nothing returning id`;
  if (!inserted) return;
  await recordAudit(transaction, {
    actorId: authorId,
    action: 'operation.amend',
    outcome: 'succeeded',
    panel: panel.id,
    accountId: operation.target?.accountId ?? null,
    memberId: operation.memberId,
    operation: number,
    facts: {
      amendment: Number(inserted.id),
      ...(reason === null ? {} : { reason }),
      ...(messageLink === null ? {} : { message: messageLink }),
      ...(file === null ? {} : { file: createHash('sha256').update(file.content).digest('hex') }),
    },
    personal: file === null ? null : { file: file.name },
  });
  // One that was not told of yet is told of with what was added.
  const [told] = await transaction`select from notices where operation = ${number} and kind = 'operation' limit 1`;
  if (told) await oweNotice(transaction, { kind: 'operation', operation: number });
}
