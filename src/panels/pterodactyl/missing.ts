import type { Panel } from '../panel.ts';
import type { Product } from './errors.ts';

/** Why what other panels can do is missing here. */
export function missingOf(product: Product, keepsDiscordIds: boolean): Panel['missing'] {
  return {
    credits: `${product} keeps no credits.`,
    suspension: `${product} suspends servers, not accounts.`,
    restoration: `What was deleted in ${product} cannot be brought back.`,
    verification: `${product} does not know of verified e-mails.`,
    notifications: `${product} brings no messages to the owners of accounts.`,
    serverLimit: `${product} does not limit how many servers an account has.`,
    vouchers: `${product} has no vouchers.`,
    payments: `${product} knows of no payments.`,
    ...(keepsDiscordIds
      ? {}
      : { discordLinks: 'Steward was not told to keep Discord ids as external ids (DISCORD_ID).' }),
  };
}
