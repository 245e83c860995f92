/** The registry: every command there is. Routing, registration, the policy matrix, the docs and the help are fed from here. */
import type { Command } from '../src/discord/command.ts';
import accountCredits from './account/credits.ts';
import accountForget from './account/forget.ts';
import accountForgetConfirmed from './account/forget-confirmed.ts';
import accountHistory from './account/history.ts';
import accountNotifications from './account/notifications.ts';
import accountPassword from './account/password.ts';
import accountServers from './account/servers.ts';
import accountView from './account/view.ts';
import leave from './answers/leave.ts';
import auditExport from './audit/export.ts';
import auditSearch from './audit/search.ts';
import auditVerify from './audit/verify.ts';
import creditsAdd from './credits/add.ts';
import creditsHistory from './credits/history.ts';
import creditsRemove from './credits/remove.ts';
import creditsSet from './credits/set.ts';
import creditsView from './credits/view.ts';
import { help } from './help/help.ts';
import limitAdd from './limit/add.ts';
import limitRemove from './limit/remove.ts';
import limitSet from './limit/set.ts';
import linkFind from './link/find.ts';
import linkImport from './link/import.ts';
import linkImportConfirmed from './link/import-confirmed.ts';
import linkRemove from './link/remove.ts';
import linkSet from './link/set.ts';
import operationsAmend from './operations/amend.ts';
import operationsApprove from './operations/approve.ts';
import operationsDecline from './operations/decline.ts';
import operationsFile from './operations/file.ts';
import operationsPending from './operations/pending.ts';
import operationsSettle from './operations/settle.ts';
import operationsShow from './operations/show.ts';
import panelStatus from './panel/status.ts';
import panelSync from './panel/sync.ts';
import policyExplain from './policy/explain.ts';
import policyGrant from './policy/grant.ts';
import policyList from './policy/list.ts';
import policyRevoke from './policy/revoke.ts';
import settingsApprovals from './settings/approvals.ts';
import settingsChannels from './settings/channels.ts';
import settingsMembers from './settings/members.ts';
import settingsPrivacy from './settings/privacy.ts';
import settingsReasons from './settings/reasons.ts';
import settings from './settings/show.ts';
import settingsUndo from './settings/undo.ts';
import undo from './undo/undo.ts';
import userCreate from './user/create.ts';
import userDelete from './user/delete.ts';
import userDeleteConfirmed from './user/delete-confirmed.ts';
import userDiagnose from './user/diagnose.ts';
import userEdit from './user/edit.ts';
import userHistory from './user/history.ts';
import userLiftServers from './user/lift-servers.ts';
import userList from './user/list.ts';
import userNote from './user/note.ts';
import userNotify from './user/notify.ts';
import userNotifyConfirmed from './user/notify-confirmed.ts';
import userPassword from './user/password.ts';
import userPayments from './user/payments.ts';
import userRestore from './user/restore.ts';
import userReveal from './user/reveal.ts';
import userRole from './user/role.ts';
import userServers from './user/servers.ts';
import userShow from './user/show.ts';
import userShowPassword from './user/show-password.ts';
import userSuspend from './user/suspend.ts';
import userSuspendServer from './user/suspend-server.ts';
import userUnsuspend from './user/unsuspend.ts';
import userVerify from './user/verify.ts';
import userView from './user/view.ts';
import noteWithdraw from './user/withdraw-note.ts';
import voucherCreate from './voucher/create.ts';
import voucherList from './voucher/list.ts';
import voucherReveal from './voucher/reveal.ts';
import voucherRevoke from './voucher/revoke.ts';
import voucherRevokeConfirmed from './voucher/revoke-confirmed.ts';
import voucherRevokeListed from './voucher/revoke-listed.ts';

export { menus } from './menus/menus.ts';

const listed: readonly Command[] = [
  userView,
  userList,
  userCreate,
  userEdit,
  userSuspend,
  userUnsuspend,
  userRole,
  userVerify,
  userPassword,
  userNote,
  userHistory,
  userServers,
  userDiagnose,
  userNotify,
  userPayments,
  userDelete,
  userRestore,
  undo,
  creditsAdd,
  creditsRemove,
  creditsSet,
  creditsView,
  creditsHistory,
  limitAdd,
  limitRemove,
  limitSet,
  voucherCreate,
  voucherList,
  voucherRevoke,
  linkSet,
  linkRemove,
  linkFind,
  linkImport,
  operationsPending,
  operationsShow,
  operationsSettle,
  operationsAmend,
  auditSearch,
  auditVerify,
  auditExport,
  panelStatus,
  panelSync,
  policyGrant,
  policyRevoke,
  policyList,
  policyExplain,
  settings,
  accountView,
  accountCredits,
  accountHistory,
  accountServers,
  accountNotifications,
  accountPassword,
  accountForget,
];

/** Reached by buttons only. */
const internal: readonly Command[] = [
  accountForgetConfirmed,
  userReveal,
  userShow,
  userSuspendServer,
  userLiftServers,
  userShowPassword,
  userDeleteConfirmed,
  noteWithdraw,
  operationsFile,
  operationsApprove,
  operationsDecline,
  userNotifyConfirmed,
  settingsChannels,
  settingsReasons,
  settingsApprovals,
  settingsUndo,
  settingsMembers,
  settingsPrivacy,
  voucherReveal,
  voucherRevokeListed,
  voucherRevokeConfirmed,
  linkImportConfirmed,
  leave,
];

export const commands: readonly Command[] = [...listed, help(listed), ...internal];

/** What each first word with subcommands is about. */
export const groups: Readonly<Record<string, string>> = {
  user: 'Manage accounts',
  credits: 'Manage the credits of accounts',
  limit: 'Manage how many servers accounts may have',
  voucher: 'Manage vouchers',
  link: 'Manage who is linked to which account',
  operations: 'Look at and settle what was done',
  audit: 'Search, check and export the record of what was done',
  panel: 'Look after the connected panels',
  policy: 'Manage who may do what',
  account: 'Look after your own account',
};
