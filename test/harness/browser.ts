/** Chromium for the tests that look at a page, and the one decision whether they can run here. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const INSTALLED_AT = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

const executablePath = INSTALLED_AT.find(existsSync) ?? null;

/** A window on a desk, which is what tests open where they do not say otherwise. */
export const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };

/**
 * Whether tests in a browser are skipped: where there is none. Whoever runs them learns why.
 *
 * @throws where the environment has `CI`, because there a browser belongs to what was set up.
 */
export function skipsWithoutBrowser(): boolean {
  if (executablePath !== null) return false;
  const why = `no Chromium was found (looked for ${INSTALLED_AT.join(', ')})`;
  if (process.env.CI) throw new Error(`Tests in a browser cannot run: ${why}.`);
  console.warn(`Tests in a browser are skipped: ${why}.`);
  return true;
}

/** @throws where {@link skipsWithoutBrowser} is true. */
export async function launchBrowser(): Promise<Browser> {
  if (executablePath === null) throw new Error('There is no Chromium to launch.');
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/**
 * Opens a page in a window of its own, with nothing remembered.
 *
 * @param complaints Takes what the page complains of: scripts that fail, what its policy refuses, requests to any other address.
 */
export async function openPage(
  browser: Browser,
  origin: string,
  complaints: string[],
  options: BrowserContextOptions = DESK,
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(8_000);
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (entry) => entry.type() === 'error' && complaints.push(entry.text()));
  page.on('request', (request) => request.url().startsWith(origin) || complaints.push(request.url()));
  await page.goto(origin);
  return page;
}
