import type { Money } from './money.ts';
import type { OperationState, OwnFailure } from './operation.ts';
import type { Permission, Preset } from './permission.ts';

/**
 * Why something was not done, with what its sentence needs. The words stand in `locales/`; here are the facts only. Text in
 * these parameters may come from people and panels: the words escape it.
 */
export interface RefusalParameters {
  'amount.malformed': { text: string };
  'amount.too_fine': { text: string; scale: number };
  'amount.too_large': { text: string };
  'amount.zero': Record<never, never>;
  'input.invalid': { field: string; problem: InputProblem; detail?: string };
  'reason.missing': Record<never, never>;
  'target.missing': Record<never, never>;
  'target.unknown': { text: string };
  'target.disagree': Record<never, never>;
  /** `panel` is null where several were looked at. */
  'target.unlinked': { userId: string; panel: string | null };
  'target.changed': Record<never, never>;
  'target.deleted': Record<never, never>;
  'member.no_account': Record<never, never>;
  'panel.unknown': { panel: string };
  'panel.failed': { panel: string; kind: PanelFailure; detail: string | null };
  'ability.missing': { panel: string; ability: string; reason?: string | null };
  'field.missing': { panel: string; field: string };
  'account.already_suspended': Record<never, never>;
  'account.not_suspended': Record<never, never>;
  'account.not_deleted': Record<never, never>;
  'account.already_verified': Record<never, never>;
  'account.unchanged': Record<never, never>;
  'account.taken': { field: 'email' | 'username' };
  'account.confirmation_differs': Record<never, never>;
  'server.unknown': Record<never, never>;
  'server.already_suspended': Record<never, never>;
  'server.not_suspended': Record<never, never>;
  'role.unknown': { role: string };
  'role.already_has': { role: string };
  'role.has_not': { role: string };
  'credits.insufficient': { balance: Money };
  'credits.unchanged': { balance: Money };
  'limit.insufficient': { limit: number };
  'limit.too_large': { largest: number };
  'limit.unchanged': { limit: number };
  'voucher.taken': Record<never, never>;
  'voucher.none': Record<never, never>;
  'operation.busy': { number: number | null };
  'operation.unknown_open': { number: number };
  'operation.key_reused': Record<never, never>;
  'operation.failed': { number: number; failure: OwnFailure };
  'operation.settled': { number: number; state: OperationState };
  'operation.own': Record<never, never>;
  'approval.required': Record<never, never>;
  'approval.nobody': { needed: number };
  'approval.over': { number: number; state: OperationState };
  'approval.own': Record<never, never>;
  'approval.requester_gone': { userId: string };
  'approval.requester_barred': { userId: string };
  'approval.again': Record<never, never>;
  'approval.moved': { delta: Money };
  'undo.impossible': { number: number };
  'undo.over': { number: number; minutes: number };
  'undo.done': { number: number };
  'undo.moved_on': { number: number };
  'undo.spent': { balance: Money };
  'suspension.irreversible': { panel: string };
  'deletion.scheduled': { number: number; at: Date };
  'deletion.not_scheduled': Record<never, never>;
  'notify.nobody': Record<never, never>;
  'notify.closed': Record<never, never>;
  'secret.none': Record<never, never>;
  'account.held': { userId: string };
  'operation.settling': { number: number };
  'operation.none': { number: number };
  'amendment.empty': Record<never, never>;
  'amendment.none': Record<never, never>;
  'file.too_large': { limitBytes: number };
  'file.gone': Record<never, never>;
  'policy.denied': { permission: Permission | null };
  'policy.stale': Record<never, never>;
  'policy.oneself': Record<never, never>;
  'policy.rank': Record<never, never>;
  'policy.owner_only': Record<never, never>;
  'policy.protected': Record<never, never>;
  'policy.recent': { days: number };
  'policy.over_act': { limit: Money };
  'policy.over_day': { limit: Money; left: Money };
  'policy.over_target': { limit: Money; left: Money };
  'audit.too_large': Record<never, never>;
  'grant.everyone': Record<never, never>;
  'grant.managed_role': Record<never, never>;
  'grant.own_role': Record<never, never>;
  'grant.beyond': { permission: Permission };
  'grant.beyond_limit': { permission: Permission };
  'grant.rank': { preset: Preset };
  'grant.owner_given': { permission: Permission };
  'grant.unknown': Record<never, never>;
  'link.own': Record<never, never>;
  'link.member_taken': { panel: string };
  'link.account_taken': Record<never, never>;
  'link.none': Record<never, never>;
  'note.foreign': { authorId: string };
  'note.withdrawn': Record<never, never>;
  'place.staff_in_dm': Record<never, never>;
  'place.foreign_guild': Record<never, never>;
  'press.foreign': { userId: string };
  'press.used': Record<never, never>;
  'press.expired': Record<never, never>;
  'press.unknown': Record<never, never>;
  'flood.acts': Record<never, never>;
  'flood.running': Record<never, never>;
}

export type RefusalCode = keyof RefusalParameters;

/** What is wrong with one field. */
export type InputProblem = 'missing' | 'malformed' | 'too_short' | 'too_long' | 'not_a_choice';

export type PanelFailure =
  | 'unreachable'
  | 'timeout'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'rejected'
  | 'rate_limited'
  | 'unsupported_version'
  | 'malformed';

/** Thrown to stop: nothing was changed, and `code` says why. */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  readonly code: Code;
  readonly parameters: RefusalParameters[Code];

  constructor(code: Code, parameters: RefusalParameters[Code]) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.parameters = parameters;
  }
}

export function refuse<Code extends RefusalCode>(code: Code, parameters: RefusalParameters[Code]): Refusal<Code> {
  return new Refusal(code, parameters);
}

/** What a panel will still say when it is asked again. */
export const LASTING_FAILURES: readonly PanelFailure[] = ['not_found', 'rejected'];

/** It was refused because of the moment: the same may well be done when it is asked again later. */
export function isPassing({ code, parameters }: Refusal): boolean {
  switch (code) {
    case 'operation.busy':
    case 'operation.failed':
    case 'operation.unknown_open':
    case 'policy.stale':
      return true;
    case 'panel.failed':
      return !LASTING_FAILURES.includes((parameters as RefusalParameters['panel.failed']).kind);
    default:
      return false;
  }
}
