import { rankOf } from '../../domain/permission.ts';
import type { Settings } from './schema.ts';

type Guards = Pick<
  Settings,
  | 'auditChannelId'
  | 'approvalsChannelId'
  | 'approvers'
  | 'approvalVerbs'
  | 'approvalExempt'
  | 'undoMinutes'
  | 'graceHours'
  | 'repeatWindowMinutes'
>;

/** A setting that holds people back, and what it was changed from and to. */
export type GuardChange = {
  [Name in keyof Guards]: { readonly setting: Name; readonly before: Guards[Name]; readonly after: Guards[Name] };
}[keyof Guards];

/** Whether a change of each guard leaves people freer, or less looked at, than they were. */
const LOOSENS: { readonly [Name in keyof Guards]: (before: Guards[Name], after: Guards[Name]) => boolean } = {
  auditChannelId: (before, after) => before !== null && after !== before,
  approvalsChannelId: (before, after) => before !== null && after === null,
  approvers: (before, after) => after < before,
  approvalVerbs: (before, after) => before.some((verb) => !after.includes(verb)),
  approvalExempt: (before, after) => rankOf(after) < rankOf(before),
  undoMinutes: (before, after) => after > before,
  graceHours: (before, after) => after < before,
  repeatWindowMinutes: (before, after) => after < before,
};

/** The guards that were loosened between two states of the settings: what owners are told of. */
export function loosenedGuards(before: Settings, after: Settings): readonly GuardChange[] {
  return (Object.keys(LOOSENS) as (keyof Guards)[]).flatMap((setting) => loosened(setting, before, after) ?? []);
}

function loosened<Name extends keyof Guards>(setting: Name, before: Settings, after: Settings): GuardChange | null {
  const loosens = LOOSENS[setting];
  if (!loosens(before[setting], after[setting])) return null;
  return { setting, before: before[setting], after: after[setting] } as GuardChange;
}
