/** What a newcomer does in the first five minutes: the whole sandbox, started as people start it, in a real browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage, skipsWithoutBrowser } from '../harness/browser.ts';
import { type Sandbox, startSandbox } from '../harness/sandbox.ts';
import { answer, become, call, choose, form, runOn, tour } from '../harness/web-client.ts';

/** A machine that runs all the tests at once may need a while for what takes a second or two. */
const LONG_MS = 60_000;

describe.skipIf(skipsWithoutBrowser())('in the sandbox', () => {
  let folder: string;
  let sandbox: Sandbox;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'story-'));
    [sandbox, browser] = await Promise.all([startSandbox(folder), launchBrowser()]);
    page = await openPage(browser, sandbox.address, complaints);
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop('SIGINT');
    await rm(folder, { recursive: true, force: true });
  }, LONG_MS);

  it(
    'a moderator gives credits and suspends, a member sees it, and the tour ticks each step',
    async () => {
      const before = balanceOn(await answer(page, '#staff', 'Balance'));

      await runOn(page, 'Alex', 'Give credits');
      const credits = form(page, 'Give credits');
      await credits.getByRole('textbox', { name: 'Amount' }).fill('50');
      await choose(page, credits, 'Reason', 'Outage compensation');
      await credits.getByRole('button', { name: 'Submit' }).click();
      const given = await answer(page, '#staff', `+50 · ${before} → ${before + 50} · Outage compensation · #`);
      expect(given).toContain('Mira Okafor used Give credits');
      await expectTicked(page, ['Right-click Alex', 'Give 50 credits']);

      await become(page, 'Alex');
      await call(page, '@Steward', '/account view');
      expect(balanceOn(await answer(page, '@Steward', 'Balance'))).toBe(before + 50);

      await become(page, 'Mira');
      await runOn(page, 'Alex', 'Suspend account');
      const suspension = form(page, 'Suspend an account');
      await suspension.getByRole('textbox', { name: 'Other reason' }).fill('Lent the account to somebody');
      await suspension.getByRole('button', { name: 'Submit' }).click();
      await answer(page, '#staff', 'Suspended · Lent the account to somebody · #');
      await runOn(page, 'Alex', 'View account');
      const card = await answer(page, '#staff', /Suspended by @Mira Okafor .*, for: Lent the account to somebody/);
      expect(card).toContain('Notes 2');

      await call(page, '#staff', '/policy explain', { member: 'Sam Castellanos', permission: 'credits.grant' });
      expect(await answer(page, '#staff', 'No. @Sam Castellanos may not give credits.')).toContain(
        'It takes Moderator',
      );
      await tour(page).getByRole('heading', { name: 'All five done' }).waitFor();

      await page.getByRole('button', { name: 'staff-audit' }).click();
      await answer(page, '#staff-audit', `${before} → ${before + 50}`);
      await answer(page, '#staff-audit', 'Suspended');
    },
    LONG_MS,
  );

  it(
    'a moderator makes an account for a member without one, who finds it in a direct message',
    async () => {
      await become(page, 'Mira');
      await runOn(page, 'Jo Halloran', 'View account');
      await answer(page, '#staff', '@Jo Halloran is not linked');
      await page.getByRole('button', { name: 'Create account' }).click();
      const creation = form(page, 'Create an account');
      await creation.getByRole('textbox', { name: 'E-mail' }).fill('jo@example.org');
      await creation.getByRole('textbox', { name: 'Username' }).fill('jo.halloran');
      await creation.getByRole('button', { name: 'Submit' }).click();
      await answer(page, '#staff', /Created .*jo\.halloran/);

      await become(page, 'Jo');
      await call(page, '@Steward', '/account view');
      expect(await answer(page, '@Steward', 'Balance')).toContain('jo@example.org');
    },
    LONG_MS,
  );

  it('nothing of it failed in the page, asked for another address, or was refused by Discord', () => {
    expect(complaints).toEqual([]);
    expect(sandbox.complaints).toBe('');
  });
});

function balanceOn(card: string): number {
  return Number(/Balance ([\d.]+) credits/.exec(card)?.[1]);
}

async function expectTicked(page: Page, steps: readonly string[]): Promise<void> {
  for (const step of steps)
    await tour(page)
      .getByRole('heading', { name: `${step} (done)` })
      .waitFor();
}
