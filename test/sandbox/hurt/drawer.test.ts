/** Each button of the drawer, and what is in both books after somebody gave credits all the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, skipsWithoutBrowser } from '../../harness/browser.ts';
import { type Sandbox, startSandbox } from '../../harness/sandbox.ts';
import { answer, become, form, runOn } from '../../harness/web-client.ts';

/** A killed bot's operation is nobody's for half a minute, and a machine with other things to do may need a while. */
const LONG_MS = 120_000;

describe.skipIf(skipsWithoutBrowser())('in the drawer', () => {
  let folder: string;
  let sandbox: Sandbox;
  let browser: Browser;
  let page: Page;
  let drawer: Locator;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hurt-'));
    [sandbox, browser] = await Promise.all([startSandbox(folder), launchBrowser()]);
    page = await openPage(browser, sandbox.address, complaints);
    await answer(page, '#staff', 'Balance');
    await page.getByRole('button', { name: 'Make it hurt' }).click();
    await page.getByRole('button', { name: 'Members' }).click();
    drawer = page.getByRole('complementary', { name: 'Make it hurt' });
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop('SIGINT');
    await rm(folder, { recursive: true, force: true });
  }, LONG_MS);

  const button = (name: string) => drawer.getByRole('button', { name, exact: true });
  const says = (words: string | RegExp) =>
    drawer.getByRole('status').filter({ hasText: words }).waitFor({ timeout: LONG_MS });

  async function press(name: string): Promise<void> {
    await button(name).click();
    await drawer.getByText('Armed: waits').waitFor();
  }

  async function give(amount: number, member = 'Alex'): Promise<void> {
    await runOn(page, member, 'Give credits');
    const credits = form(page, 'Give credits');
    await credits.getByRole('textbox', { name: 'Amount' }).fill(String(amount));
    await credits.getByRole('textbox', { name: 'Other reason' }).fill('Made it hurt');
    await credits.getByRole('button', { name: 'Submit' }).click();
  }

  /** A movement as both books have it: ledger, then journal. */
  const row = (amount: number) => drawer.getByRole('row').filter({ hasText: `+${amount}` });

  async function expectInBoth(amount: number): Promise<void> {
    await row(amount).getByRole('cell').filter({ hasText: 'done' }).waitFor({ timeout: LONG_MS });
    expect(await row(amount).count()).toBe(1);
    for (const book of await row(amount).getByRole('cell').all())
      expect(await book.innerText()).toContain(`+${amount}`);
  }

  it('what was taken back does not happen', async () => {
    await press('Panel dies after acting');
    await drawer.getByRole('button', { name: 'Take back: Panel dies after acting' }).click();
    await drawer.getByText('Armed: waits').waitFor({ state: 'detached' });
    await give(31);
    await answer(page, '#staff', '+31');
    await expectInBoth(31);
  });

  it('what is delivered twice is done once', async () => {
    await press('Deliver twice');
    await give(32);
    await answer(page, '#staff', '+32');
    await says('It reached the bot twice.');
    await expectInBoth(32);
  });

  it(
    'a database that was stopped is there again, and nothing is missing',
    async () => {
      await button('Restart the database').click();
      await says(/Stopped, and answered again after [\d.]+ s\./);
      await give(33);
      await answer(page, '#staff', '+33');
      await expectInBoth(33);
    },
    LONG_MS,
  );

  it(
    'a bot that is killed between the effect and its record is started again, and goes on to find out',
    async () => {
      await press('Kill the bot in the middle of a grant');
      await give(34, 'Keiko');
      await says(/Killed, and started again in [\d.]+ s\./);
      await says(/is under way|is not known yet: Steward is finding out/);
    },
    LONG_MS,
  );

  it(
    'a slow panel is waited for',
    async () => {
      await press('Panel slow by 10 s');
      await give(35);
      await says('The panel has taken its ten seconds');
      await answer(page, '#staff', '+35');
      await expectInBoth(35);
    },
    LONG_MS,
  );

  it(
    'a panel that dies after acting is found out about, and so is what the killed bot had done',
    async () => {
      await press('Panel dies after acting');
      await give(36);
      await says('The panel has acted; its answer was lost.');
      await expectInBoth(36);
      await answer(page, '#staff', '+36');
      await expectInBoth(34);
      await answer(page, '#staff', '+34');
    },
    LONG_MS,
  );

  it('both books are equal once somebody has said what Steward could not find out', async () => {
    await says(/^#\d+ asks a person: see #staff\. Else equal/);
    await become(page, 'Tomasz');
    await page
      .getByRole('log', { name: 'Messages in #staff' })
      .getByRole('article')
      .filter({ hasText: 'It is not known whether this happened' })
      .getByRole('button', { name: 'It did not' })
      .click();
    await says(/^Equal: \d+ movements, \+/);
  });

  it('it opens and closes by keyboard, and gives the focus back', async () => {
    await drawer.focus();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Make it hurt' }).focus();
    await page.keyboard.press('Enter');
    await drawer.waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await drawer.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Make it hurt');
  });

  it('nothing of it failed in the page, or was refused by Discord', () => {
    expect(complaints).toEqual([]);
    expect(sandbox.complaints).not.toContain('Discord would have refused');
  });
});
