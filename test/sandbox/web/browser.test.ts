import type { Client } from 'discord.js';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { webClient } from '../../../sandbox/web/serve.ts';
import { harbourHosting } from '../../../sandbox/world.ts';
import { DESK, launchBrowser, openPage, skipsWithoutBrowser } from '../../harness/browser.ts';
import { startSampleBot } from './sample-bot.ts';

const hand: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe.skipIf(skipsWithoutBrowser())('in a browser', () => {
  let discord: LocalDiscord;
  let bot: Client;
  let browser: Browser;
  /** What the page complained of: scripts that fail, addresses that its policy refuses. */
  const complaints: string[] = [];

  beforeAll(async () => {
    discord = await startLocalDiscord({ world: harbourHosting(), pages: await webClient() });
    bot = await startSampleBot(discord);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await bot.destroy();
    await discord.stop();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  async function open(options = DESK): Promise<Page> {
    const page = await openPage(browser, discord.origin, complaints, options);
    await page.getByRole('log', { name: 'Messages in #staff' }).waitFor();
    return page;
  }

  const composer = (page: Page, place = '#staff') => page.getByRole('textbox', { name: `Message ${place}` });

  it('opens in #staff as Mira, with the tour', async () => {
    const page = await open();
    expect(await page.getByRole('button', { name: 'Become Mira' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('complementary', { name: 'Tour' }).getByText('Right-click Alex').waitFor();
  });

  it('offers no drawer where none is served', async () => {
    const page = await open();
    expect(await page.getByRole('button', { name: 'Make it hurt' }).count()).toBe(0);
  });

  it('types a command, its options and what completes them by keyboard alone', async () => {
    const page = await open();
    await composer(page).focus();
    await page.keyboard.type('/no');
    await page.getByRole('option', { name: '/note add' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('hello');
    await page.keyboard.press('Tab');
    await page.keyboard.type('about:');
    await page.keyboard.type('sam c');
    await page.keyboard.press('Enter');
    await page.keyboard.type('topic:');
    await page.keyboard.type('harv');
    await page.getByRole('option', { name: 'Topic harvest' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('A note').waitFor();
    await page.getByText('hello ·').waitFor();
    await page.getByRole('button', { name: '@Sam Castellanos' }).waitFor();
    await page.getByText('/note add').waitFor();
    await page.getByRole('button', { name: 'Burn it' }).click();
    await page.getByText('Ashes.').waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await page.getByText('Ashes.').waitFor({ state: 'detached' });
  });

  it('asks for a required option instead of sending without it', async () => {
    const page = await open();
    await composer(page).pressSequentially('/note add ');
    await page.keyboard.press('Enter');
    await page.getByText('This option is required.').waitFor();
    expect(await page.getByRole('combobox', { name: 'text' }).getAttribute('aria-invalid')).toBe('true');
  });

  it('runs a command on a person from the menu, with its form', async () => {
    const page = await open();
    await page
      .getByRole('region', { name: 'Members' })
      .getByRole('button', { name: 'Alex' })
      .click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Apps' }).click();
    await page.getByRole('menuitem', { name: 'Write to' }).click();
    const form = page.getByRole('dialog', { name: 'A letter' });
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.getByText('This field is required.').waitFor();
    await form.getByRole('textbox', { name: 'Letter' }).fill('Dear Alex');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByText('Written: Dear Alex').first().waitFor();
  });

  it('sends a file and offers the one that comes back', async () => {
    const page = await open();
    await composer(page).pressSequentially('/note keep ');
    await page
      .getByLabel('file', { exact: true })
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('12345') });
    await page.getByRole('button', { name: 'Send command' }).click();
    await page.getByText('Kept a.txt, 5 bytes').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'receipt.txt' }).click();
    expect((await download).suggestedFilename()).toBe('receipt.txt');
  });

  it('says that nobody answered, to the one who asked', async () => {
    const page = await open();
    await composer(page).pressSequentially('/note lose ');
    await page.keyboard.press('Enter');
    await page.getByText('Sending…').waitFor();
    discord.clock.advance(3_000);
    await page.getByRole('alert').getByText('The application did not respond').waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('becomes another person by a key, who sees what is theirs', async () => {
    const page = await open();
    await page.keyboard.press('5');
    await composer(page, '@Steward').waitFor();
    expect(await page.getByRole('button', { name: 'staff', exact: true }).count()).toBe(0);
    await page.keyboard.type('/mine ');
    await page.keyboard.press('Enter');
    await page.getByText('You have no notes.').waitFor();
  });

  it('shows a second person beside oneself, live', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Watch as…' }).click();
    await page.getByRole('menuitem', { name: 'Sam' }).click();
    const watched = page.getByRole('region', { name: 'Watched view' });
    await watched.getByRole('log').waitFor();
    await composer(page).first().fill('Can you see **this**?');
    await page.keyboard.press('Enter');
    await watched.getByText('Can you see this?').waitFor();
  });

  it('says that the bot is offline, until it is back', async () => {
    const page = await open();
    await bot.destroy();
    await page.getByRole('status').getByText('The bot is offline.').waitFor();
    bot = await startSampleBot(discord);
    await page.getByRole('status').getByText('The bot is offline.').waitFor({ state: 'detached' });
  });

  it('leaves digits to whatever has the caret, and to the dock where nothing has', async () => {
    const page = await open();
    await page.keyboard.type('team 5');
    expect(await composer(page).inputValue()).toBe('team 5');
    await page.keyboard.press('Enter');
    await page.keyboard.type('5 of us');
    expect(await composer(page).inputValue()).toBe('5 of us');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('/no');
    await page.keyboard.press('Enter');
    await page.keyboard.type('7');
    await page.getByRole('combobox', { name: 'text' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'text' }).inputValue()).toBe('7');
  });

  it('fits into a hand: channels in a drawer, a person by touch', async () => {
    const page = await open(hand);
    await page.getByRole('button', { name: 'Channels' }).tap();
    await page.getByRole('button', { name: 'general' }).tap();
    await composer(page, '#general').waitFor();
    await page.getByRole('button', { name: 'Profile of' }).last().tap();
    await page.getByRole('dialog', { name: 'Profile of' }).getByRole('button', { name: 'Write to' }).waitFor();
    const widest = await page.evaluate('document.documentElement.scrollWidth');
    expect(widest).toBe(390);
  });
});
