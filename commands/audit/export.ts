import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { exportAudit } from '../../src/services/audit/export.ts';
import { auditExportView } from '../../src/views/audit-export.ts';
import { neededDay } from '../options/day.ts';

const FORMATS = [
  { name: 'CSV, for spreadsheets', value: 'csv' },
  { name: 'JSON lines, for programs', value: 'jsonl' },
] as const;

export default command({
  name: 'audit export',
  description: 'Export the audit log of some days as a file',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  formTitle: 'Export the audit log',
  options: {
    from: neededDay('The first day, such as 2026-03-01', 'From'),
    to: neededDay('The last day, such as 2026-03-31', 'To'),
    format: {
      type: 'choice',
      description: 'What the file is for; CSV if you leave it out',
      label: 'Format',
      choices: FORMATS,
      schema: z.enum(['csv', 'jsonl']).default('csv'),
      required: false,
    },
    personal: {
      type: 'boolean',
      description: 'With e-mail addresses and names, as far as they are kept and you may see them',
      label: 'With personal data',
      schema: z.boolean().default(false),
      required: false,
    },
  },
  run: async ({ ctx }, input) => auditExportView({ ...input, ...(await exportAudit(ctx, input)) }),
});
