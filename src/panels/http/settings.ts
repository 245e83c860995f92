import { z } from 'zod';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** `PANEL_<ID>_URL`: an address without a query, a user or a password. A path is kept. */
export const addressVariable = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password;
}, 'is not an address that begins with https://');

/** What can stand in a header. */
export const KEY = /^[\x21-\x7e]+$/;

/** The variables of every panel with an HTTP API. */
export const httpVariables = {
  URL: addressVariable.describe(
    'Write the address at which the panel is opened in a browser, such as https://panel.example.com; one without TLS needs ALLOW_HTTP beside it.',
  ),
  TOKEN: z
    .string()
    .regex(KEY, 'has blanks in it, or signs that no key has')
    .describe('Copy the key that you made for Steward in the panel; which rights it needs stands in docs/panels.'),
  ALLOW_HTTP: z
    .stringbool('is neither true nor false')
    .default(false)
    .describe('Write true if the panel is reached without TLS, over a network that nobody else can listen on.'),
  TIMEOUT_SECONDS: z
    .string()
    .regex(/^[1-9]\d?$/, 'is not a number of seconds')
    .transform(Number)
    .default(15)
    .describe('Write how many seconds the panel may take for one answer, from 1 to 99.'),
} as const;

/** `PANEL_<ID>_REQUESTS_PER_MINUTE`, with what the panel allows where nothing else is set in it. */
export const rateVariable = (perMinute: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'is not a number of requests')
    .transform(Number)
    .default(perMinute)
    .describe('Write how many requests a minute the panel takes from Steward, if its operator changed that.');

/** What is wrong with an address where TLS is asked for; null where nothing is. */
export function insecureAddress({
  URL: url,
  ALLOW_HTTP: allowed,
}: {
  URL: string;
  ALLOW_HTTP: boolean;
}): string | null {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:' || allowed || LOOPBACK.test(hostname)) return null;
  return 'would send the key in plain text';
}
