import { command } from '../../src/discord/command.ts';
import { verifyAudit } from '../../src/services/audit/verify.ts';
import { auditCheckView } from '../../src/views/audit-check.ts';
import { head } from '../options/head.ts';

export default command({
  name: 'audit verify',
  description: 'Check that nobody changed, removed or added anything in the audit log',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { head },
  run: async ({ ctx }, input) => auditCheckView(await verifyAudit(ctx, input.head ?? null)),
});
