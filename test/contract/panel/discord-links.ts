import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { describeWhere, itWhere } from './it-where.ts';
import { call, change, failureOf, givenAccount, type PanelUnderTest, read } from './subject.ts';

/** Panels that hold Discord users beside accounts. */
export function discordLinksContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { discordLinks } = panel;

  describeWhere(discordLinks, 'the panel holds no Discord users')('discordLinks', () => {
    if (!discordLinks) return;
    const { find, keeping } = discordLinks;
    const found = async (userId: string) => find?.call(discordLinks, userId, call());

    async function link(account: Account, userId: string): Promise<void> {
      if (keeping) await keeping.keep(account.id, userId, change());
      else if (subject.givenLink) await subject.givenLink(account, userId);
      else throw new Error('the test of a panel that holds links which it does not keep for us gives them');
    }

    it('shows whose account it is', async () => {
      const account = await givenAccount(subject);
      expect(account.discordId).toBeNull();
      const userId = snowflake();
      await link(account, userId);
      expect((await read(panel, account)).discordId).toBe(userId);
    });

    itWhere(find, 'the directory knows it instead')('finds by the whole id and by nothing less', async () => {
      const account = await givenAccount(subject);
      const userId = snowflake();
      await link(account, userId);
      expect(await found(userId)).toEqual([await read(panel, account)]);
      for (const other of [
        userId.slice(1),
        userId.slice(0, -1),
        `${userId}0`,
        `0${userId}`,
        snowflake(),
        '%',
        '',
        '\u0000',
      ]) {
        expect(await found(other), JSON.stringify(other)).toEqual([]);
      }
    });

    itWhere(keeping, 'only the owner of an account links it')('clears a link, and changes nothing else', async () => {
      if (!keeping) return;
      const account = await givenAccount(subject);
      const userId = snowflake();
      expect(await keeping.keep(account.id, userId, change())).toEqual({ ...account, discordId: userId });
      expect(await keeping.keep(account.id, null, change())).toEqual(account);
      expect(await read(panel, account)).toEqual(account);
      expect(await keeping.keep(account.id, null, change())).toEqual(account);
      if (find) expect(await found(userId)).toEqual([]);
    });

    itWhere(keeping, 'only the owner of an account links it')('keeps a Discord user for one account', async () => {
      if (!keeping) return;
      const [account, other] = [await givenAccount(subject), await givenAccount(subject)];
      const userId = snowflake();
      await keeping.keep(account.id, userId, change());
      expect(await failureOf(keeping.keep(other.id, userId, change()))).toMatchObject({
        kind: 'conflict',
        effect: 'none',
      });
      expect(await read(panel, other)).toEqual(other);
    });
  });
}

function snowflake(): string {
  return `8${Array.from({ length: 17 }, () => randomInt(10)).join('')}`;
}
