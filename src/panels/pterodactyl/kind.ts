import { z } from 'zod';
import { httpVariables, insecureAddress, rateVariable } from '../http/settings.ts';
import { panelKind } from '../kind.ts';
import { isId } from './client.ts';
import { createPterodactylPanel } from './panel.ts';

export const PTERODACTYL = panelKind({
  variables: z.object({
    ...httpVariables,
    REQUESTS_PER_MINUTE: rateVariable(240),
    DISCORD_ID: z
      .literal('external_id', 'is not a place where Discord ids can be kept')
      .optional()
      .describe('Write external_id to keep the Discord ids of linked members as external ids, or leave it out.'),
    KEY_OWNER_ID: z
      .string()
      .refine(isId, 'is not the id of an account')
      .optional()
      .describe('Write the id of the account that made the key; it stands in the address of its page in the panel.'),
  }),
  fault(values) {
    const problem = insecureAddress(values);
    return problem === null ? null : { variable: 'URL', problem };
  },
  create: ({ id, label }, values) =>
    createPterodactylPanel({
      id,
      label,
      url: values.URL.replace(/\/+$/, ''),
      token: values.TOKEN,
      timeoutMs: values.TIMEOUT_SECONDS * 1_000,
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      keepsDiscordIds: values.DISCORD_ID === 'external_id',
      keyOwnerId: values.KEY_OWNER_ID ?? null,
    }),
});
