import { actorId } from '../../domain/actor.ts';
import { VERB_PERMISSIONS } from '../../domain/permission.ts';
import type { Context } from '../context.ts';
import { allowed, authorize } from '../policy/authorize.ts';
import { permissionToAmend } from './amend.ts';
import type { OperationRecord } from './record.ts';
import { undoUntil } from './undo-window.ts';
import { recordInReach, withoutCredits } from './visible.ts';

/** What can be done about an operation. */
export type OperationAction = 'open' | 'undo' | 'decide' | 'settle' | 'amend';

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
  const may = (permission: Parameters<typeof allowed>[1]) => allowed(ctx, permission, panel.id);
  const mayDo = may(VERB_PERMISSIONS[operation.verb]);
  const undoEnds = undoUntil(record, ctx.settings.current());
  const actions: readonly (readonly [OperationAction, boolean])[] = [
    ['open', operation.target !== null && may('accounts.view')],
    ['undo', mayDo && undoEnds !== null && undoEnds > ctx.clock.now()],
    ['decide', mayDo && waiting !== null && operation.actorId !== actorId(ctx.actor)],
    ['settle', doubt !== null && may('operations.settle')],
    ['amend', may(permissionToAmend(ctx, record))],
  ];
  return new Set(actions.filter(([, offered]) => offered).map(([action]) => action));
}
