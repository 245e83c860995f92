import { actorId } from '../../domain/actor.ts';
import { type Permission, VERB_PERMISSIONS } from '../../domain/permission.ts';
import { decidersPermission } from '../approvals/eligible.ts';
import type { Context } from '../context.ts';
import { allowed, authorize } from '../policy/authorize.ts';
import { permissionToAmend } from './amend.ts';
import type { OperationRecord } from './record.ts';
import type { OperationSummary } from './summary.ts';
import { undoUntil } from './undo-window.ts';
import { recordInReach, withoutCredits } from './visible.ts';

/** What can be done about an operation. */
export const OPERATION_ACTIONS = ['open', 'undo', 'approve', 'decline', 'settle', 'amend'] as const;

export type OperationAction = (typeof OPERATION_ACTIONS)[number];

export interface ShownOperation {
  readonly record: OperationRecord;
  /** What the actor may do about it; the commands ask again. */
  readonly actions: ReadonlySet<OperationAction>;
}

/** Everything about one operation that the actor may know. @throws Refusal the policy's, `operation.none` */
export async function showOperation(ctx: Context, number: number): Promise<ShownOperation> {
  await authorize(ctx, 'audit.view');
  const record = await recordInReach(ctx, number);
  await authorize(ctx, 'audit.view', { panel: record.panel.id });
  const mayCount = allowed(ctx, 'credits.view', record.panel.id);
  return { record: mayCount ? record : withoutCredits(record), actions: actionsOn(ctx, record) };
}

function actionsOn(ctx: Context, record: OperationRecord): ReadonlySet<OperationAction> {
  const { operation, panel, doubt, waiting } = record;
  const may = (permission: Permission) => allowed(ctx, permission, panel.id);
  const own = operation.actorId === actorId(ctx.actor);
  const mayDecide = waiting !== null && may(decidersPermission(operation));
  const undoEnds = undoUntil(record, ctx.settings.current());
  const offers: Readonly<Record<OperationAction, boolean>> = {
    open: operation.target !== null && may('accounts.view'),
    undo: undoEnds !== null && undoEnds > ctx.clock.now() && may(permissionToUndo(operation, own)),
    approve: mayDecide && !own && may(VERB_PERMISSIONS[operation.verb]),
    decline: mayDecide || (own && waiting !== null),
    settle: doubt !== null && may('operations.settle'),
    amend: may(permissionToAmend(ctx, record)),
  };
  return new Set(OPERATION_ACTIONS.filter((action) => offers[action]));
}

/** One's own deed takes the right to it, another's the right to its opposite. */
function permissionToUndo({ verb, delta }: OperationSummary, own: boolean): Permission {
  if (own) return VERB_PERMISSIONS[verb];
  if (delta) return delta.minor > 0n ? 'credits.deduct' : 'credits.grant';
  return VERB_PERMISSIONS[verb === 'account.schedule_deletion' ? 'account.keep' : verb];
}
