import { expect, it } from 'vitest';
import { describeWhere } from './it-where.ts';
import { change, failureOf, givenAccount, type PanelUnderTest, read } from './subject.ts';

/** Panels whose accounts have passwords, and panels that bring messages to their owners. */
export function passwordContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { password, notifications } = panel;

  describeWhere(password, 'the panel sets no passwords')('password', () => {
    if (!password) return;
    const { minLength, maxLength } = password.traits;

    it('gives a new one, the shortest and the longest too, and changes nothing else', async () => {
      const account = await givenAccount(subject);
      for (const given of ['Correct-horse 9 battery', 'x'.repeat(minLength), 'x'.repeat(maxLength)]) {
        expect(await password.set(account.id, given, change())).toEqual(account);
      }
      expect(await read(panel, account)).toEqual(account);
    });

    it('refuses one that is too short or too long, without saying it again', async () => {
      const account = await givenAccount(subject);
      for (const given of ['', 'q'.repeat(minLength - 1), 'q'.repeat(maxLength + 1)]) {
        const error = await failureOf(password.set(account.id, given, change()));
        expect(error).toMatchObject({ kind: 'rejected', effect: 'none' });
        expect(JSON.stringify([error.message, error.detail, error])).not.toContain('qqqq');
      }
      expect(await read(panel, account)).toEqual(account);
    });
  });

  describeWhere(notifications, 'the panel brings no messages')('notifications', () => {
    it('brings a message to the owner, and changes nothing', async () => {
      const account = await givenAccount(subject);
      await notifications?.notify(account.id, { title: 'Hello & <b>', text: 'Two\nlines <i>' }, change());
      expect(await read(panel, account)).toEqual(account);
    });
  });
}
