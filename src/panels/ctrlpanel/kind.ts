import { z } from 'zod';
import { addressVariable, httpVariables, insecureAddress, KEY, rateVariable } from '../http/settings.ts';
import { panelKind, type SettingFault } from '../kind.ts';
import { createCtrlPanel } from './panel.ts';
import { isTimeZone } from './times.ts';

const variables = z.object({
  ...httpVariables,
  REQUESTS_PER_MINUTE: rateVariable(60),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'is not a time zone')
    .default('UTC')
    .describe('Write the APP_TIMEZONE of CtrlPanel.gg, such as Europe/Berlin, if it is set there.'),
  ROLE: z
    .string()
    .trim()
    .min(1, 'is empty')
    .optional()
    .describe('Write the name of the role that new accounts get, as it stands in CtrlPanel.gg.'),
  PTERODACTYL_URL: addressVariable
    .optional()
    .describe('Write the address of the Pterodactyl behind CtrlPanel.gg, such as https://games.example.com.'),
  PTERODACTYL_TOKEN: z
    .string()
    .regex(KEY, 'has blanks in it, or signs that no key has')
    .optional()
    .describe('Copy an application key of that Pterodactyl which may read and write users.'),
});

export const CTRLPANEL = panelKind({
  variables,
  fault(values) {
    const insecure = insecureAddress(values);
    if (insecure) return { variable: 'URL', problem: insecure };
    return pterodactylFault(values);
  },
  create: ({ id, label }, values) =>
    createCtrlPanel({
      id,
      label,
      url: values.URL,
      token: values.TOKEN,
      timeoutMs: values.TIMEOUT_SECONDS * 1_000,
      requestsPerMinute: values.REQUESTS_PER_MINUTE,
      timeZone: values.TIME_ZONE,
      newRole: values.ROLE ?? null,
      pterodactyl:
        values.PTERODACTYL_URL && values.PTERODACTYL_TOKEN
          ? { url: values.PTERODACTYL_URL, token: values.PTERODACTYL_TOKEN }
          : null,
    }),
});

/** The one is of no use without the other. */
function pterodactylFault(values: z.output<typeof variables>): SettingFault | null {
  const { PTERODACTYL_URL: url, PTERODACTYL_TOKEN: token, ALLOW_HTTP } = values;
  if (!url && !token) return null;
  if (!url) return { variable: 'PTERODACTYL_URL', problem: 'is missing beside the key' };
  if (!token) return { variable: 'PTERODACTYL_TOKEN', problem: 'is missing beside the address' };
  const insecure = insecureAddress({ URL: url, ALLOW_HTTP });
  return insecure ? { variable: 'PTERODACTYL_URL', problem: insecure } : null;
}
