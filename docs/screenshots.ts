/** Takes the README's pictures of a fresh sandbox, in which a few things are done first: `npm run screenshots`. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../test/harness/browser.ts';
import { startSandbox } from '../test/harness/sandbox.ts';
import { answer, become, call, choose, form, runOn } from '../test/harness/web-client.ts';

const IMAGES = fileURLToPath(new URL('./images', import.meta.url));
const DESK: BrowserContextOptions = { viewport: { width: 1360, height: 860 }, colorScheme: 'dark' };
const WIDE: BrowserContextOptions = { viewport: { width: 1360, height: 760 }, colorScheme: 'light' };
const HAND: BrowserContextOptions = {
  viewport: { width: 390, height: 760 },
  colorScheme: 'dark',
  hasTouch: true,
  isMobile: true,
};

await using cleanUp = new AsyncDisposableStack();
const folder = await mkdtemp(join(tmpdir(), 'screenshots-'));
cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
const sandbox = await startSandbox(folder);
cleanUp.defer(async () => void (await sandbox.stop('SIGINT')));
const browser = await launchBrowser();
cleanUp.defer(() => browser.close());
await mkdir(IMAGES, { recursive: true });

await credit(browser);
await explainBesideAlex(browser);
await lookAsAlex(browser);

/** A card, what came of it for everybody, and the tour at the side. */
async function credit(browser: Browser): Promise<void> {
  const page = await open(browser, DESK);
  await runOn(page, 'Alex', 'Give credits');
  const credits = form(page, 'Give credits');
  await credits.getByRole('textbox', { name: 'Amount' }).fill('50');
  await choose(page, credits, 'Reason', 'Outage compensation');
  await credits.getByRole('button', { name: 'Submit' }).click();
  await answer(page, '#staff', '+50');
  await page.getByRole('region', { name: 'Members' }).hover();
  await page.mouse.wheel(0, -1_000);
  await take(page, 'steward');
}

/** Why Sam may not, beside what Alex sees of their own account at the same time. */
async function explainBesideAlex(browser: Browser): Promise<void> {
  const page = await open(browser, WIDE);
  await become(page, 'Alex');
  await call(page, '@Steward', '/account view');
  await answer(page, '@Steward', 'Balance');
  await become(page, 'Mira');
  await page.getByRole('button', { name: 'Close the tour' }).click();
  await call(page, '#staff', '/policy explain', { member: 'Sam Castellanos', permission: 'credits.grant' });
  await answer(page, '#staff', 'may not give credits');
  await page.getByRole('button', { name: 'Watch as…' }).click();
  await page.getByRole('menuitem', { name: 'Alex' }).click();
  await page.getByRole('region', { name: 'Watched view' }).getByRole('article').last().waitFor();
  await take(page, 'two-people');
}

/** One's own account, in the hand. */
async function lookAsAlex(browser: Browser): Promise<void> {
  const page = await open(browser, HAND);
  await page.getByRole('button', { name: 'Close the tour' }).tap();
  await page.getByRole('button', { name: 'Channels' }).tap();
  await become(page, 'Alex');
  await call(page, '@Steward', '/account credits');
  await answer(page, '@Steward', 'Outage compensation');
  await take(page, 'member');
}

async function open(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const page = await openPage(browser, sandbox.address, [], options);
  await answer(page, '#staff', 'Balance');
  return page;
}

/** Waits for what moves to have come to rest, so that two runs make the same picture. */
async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled', caret: 'hide' });
}
