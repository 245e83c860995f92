import type { Account } from '../../domain/account.ts';
import type { Call, Panel } from '../../panels/panel.ts';
import type { Services } from '../context.ts';

/**
 * What is done with the accounts of each page that a crawl has read and recorded. The same accounts come again with the next crawl, and a page
 * may come twice, so it does what is left to do. It ends when `call` is given up; what it throws is logged, and holds nothing up.
 */
export type AfterPage = (services: Services, panel: Panel, accounts: readonly Account[], call: Call) => Promise<void>;
