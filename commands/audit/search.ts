import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { AUDITED_ACTIONS, auditedWords, outcomeLabels } from '../../src/locales/en/audit.ts';
import { searchAudit } from '../../src/services/audit/search.ts';
import { auditView } from '../../src/views/audit.ts';
import { containing, named } from '../options/choices.ts';
import { day } from '../options/day.ts';
import { cursor } from '../options/hidden.ts';
import { panel } from '../options/panel.ts';

const ACTIONS: ReadonlyMap<string, string> = new Map(AUDITED_ACTIONS.map((action) => [auditedWords(action), action]));

const OUTCOMES = ['succeeded', 'failed', 'unknown'] as const;

export default command({
  name: 'audit search',
  description: 'Search the record of who did what',
  permission: 'audit.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  target: 'optional',
  options: {
    actor: { type: 'user', description: 'Who did it', label: 'Actor', schema: z.string().optional(), required: false },
    action: {
      type: 'text',
      description: 'What was done',
      label: 'Action',
      schema: z
        .string()
        .transform((typed) => ACTIONS.get(typed) ?? typed)
        .optional(),
      required: false,
      maxLength: 100,
      complete: async (_ctx, typed) => named(containing([...ACTIONS.keys()], typed)),
    },
    from: day('The first day, such as 2026-03-01', 'From'),
    to: day('The last day, such as 2026-03-31', 'To'),
    outcome: {
      type: 'choice',
      description: 'How it ended',
      label: 'Outcome',
      choices: OUTCOMES.map((value) => ({ name: outcomeLabels[value], value })),
      schema: z.enum(OUTCOMES).optional(),
      required: false,
    },
    panel: { ...panel, description: 'Only what concerns this panel' },
    cursor,
  },
  run: async ({ ctx, target, given }, input) => {
    const { cursor: _, ...options } = given;
    const page = await searchAudit(ctx, {
      target: target ?? undefined,
      actorId: input.actor,
      action: input.action,
      from: input.from,
      to: input.to,
      outcome: input.outcome,
      panel: input.panel,
      cursor: input.cursor,
    });
    return auditView(page, options);
  },
});
