/** What people do in the sandbox's web client, by the names that they read there. */
import type { Locator, Page } from 'playwright-core';

/** Switches to a sample person by the dock, and waits until one is. */
export async function become(page: Page, person: string): Promise<void> {
  await page.getByRole('button', { name: `Become ${person}` }).click();
  await page.getByRole('button', { name: `Become ${person}`, pressed: true }).waitFor();
}

/** Right-clicks a member and picks a command of the bot's. */
export async function runOn(page: Page, member: string, command: string): Promise<void> {
  const members = page.getByRole('region', { name: 'Members' });
  await members.getByRole('button', { name: member }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Apps' }).click();
  await page.getByRole('menuitem', { name: command }).click();
}

/** Types a command in a conversation, with options as `name:value`, each completed with Tab. */
export async function call(
  page: Page,
  place: string,
  command: string,
  options: Record<string, string> = {},
): Promise<void> {
  await page.getByRole('textbox', { name: `Message ${place}` }).click();
  await page.keyboard.type(`${command} `);
  for (const [name, value] of Object.entries(options)) {
    await page.keyboard.type(`${name}:${value}`);
    await page.getByRole('option', { name: value }).first().waitFor();
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}

/** The newest message of a conversation that says this, as it is read. */
export async function answer(page: Page, place: string, words: string | RegExp): Promise<string> {
  const log = page.getByRole('log', { name: `Messages in ${place}` });
  const found = log.getByRole('article').filter({ hasText: words }).last();
  await found.waitFor();
  return (await found.innerText()).replace(/\s+/g, ' ');
}

export function form(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title });
}

/** Picks one of a select's choices. */
export async function choose(page: Page, dialog: Locator, label: string, option: string): Promise<void> {
  await dialog.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

export function tour(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Tour' });
}
