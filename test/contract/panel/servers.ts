import { expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { describeWhere, itWhere } from './it-where.ts';
import { call, change, failureOf, givenAccount, oddIds, type PanelUnderTest, read, uniqueName } from './subject.ts';

/** Panels that know the servers of their accounts. */
export function serversContract(subject: PanelUnderTest): void {
  const { panel } = subject;
  const { servers } = panel;

  describeWhere(servers, 'the panel knows of no servers')('servers', () => {
    if (!servers) return;
    const { suspension } = servers;
    const list = (account: Account) => servers.list(account.id, call());
    const statuses = async (account: Account) => (await list(account)).map(({ id, status }) => [id, status]);
    const given = (account: Account) => {
      if (!subject.givenServer) throw new Error('the test of a panel with servers gives accounts servers');
      return subject.givenServer(account);
    };

    it('lists all of an account’s servers, in the same order each time, and nobody else’s', async () => {
      const account = await givenAccount(subject);
      const other = await givenAccount(subject);
      expect(await list(account)).toEqual([]);
      const ids = [await given(account), await given(account), await given(account)];
      await given(other);
      const listed = await list(account);
      expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(await list(account)).toEqual(listed);
      for (const { id, name, status, url } of listed) {
        expect(id).toMatch(/^.{1,64}$/u);
        expect(name).not.toBe('');
        expect(status).toBe('active');
        expect(url === null || URL.canParse(url)).toBe(true);
      }
    });

    it('lists nothing for an account that is not there', async () => {
      const account = await givenAccount(subject);
      for (const id of [...oddIds(account), ...subject.absentIds]) {
        expect(await failureOf(servers.list(id, call())), JSON.stringify(id)).toMatchObject({
          kind: 'not_found',
          effect: 'none',
        });
      }
    });

    it('counts them on the account, the suspended ones too, where the account shows that', async () => {
      const account = await givenAccount(subject);
      const [first] = [await given(account), await given(account)];
      await suspension?.suspend(first, change());
      const { details } = await read(panel, account);
      if (details.servers !== undefined) expect(details.servers).toBe(2);
      if (details.suspendedServers !== undefined) expect(details.suspendedServers).toBe(suspension ? 1 : 0);
    });

    itWhere(suspension, 'the panel suspends no servers')('suspends one of them and lifts it again', async () => {
      if (!suspension) return;
      const account = await givenAccount(subject);
      const [first, second] = [await given(account), await given(account)];
      await suspension.suspend(first, change());
      expect(await statuses(account)).toEqual(
        expect.arrayContaining([
          [first, 'suspended'],
          [second, 'active'],
        ]),
      );
      await suspension.unsuspend(first, change());
      expect(await statuses(account)).toEqual(
        expect.arrayContaining([
          [first, 'active'],
          [second, 'active'],
        ]),
      );
    });

    itWhere(suspension, 'the panel suspends no servers')('leaves a server that is so already as it is', async () => {
      if (!suspension) return;
      const account = await givenAccount(subject);
      const id = await given(account);
      await suspension.unsuspend(id, change());
      expect(await statuses(account)).toEqual([[id, 'active']]);
      await suspension.suspend(id, change());
      await suspension.suspend(id, change());
      expect(await statuses(account)).toEqual([[id, 'suspended']]);
    });

    itWhere(suspension, 'the panel suspends no servers')('knows no server by an id of another form', async () => {
      if (!suspension) return;
      const account = await givenAccount(subject);
      const id = await given(account);
      for (const odd of oddIds({ ...account, id })) {
        for (const attempt of [suspension.suspend, suspension.unsuspend]) {
          expect(await failureOf(attempt(odd, change())), JSON.stringify(odd)).toMatchObject({
            kind: 'not_found',
            effect: 'none',
          });
        }
      }
      expect(await statuses(account)).toEqual([[id, 'active']]);
    });

    itWhere(suspension, 'the panel suspends no servers')('changes none for a caller who has given up', async () => {
      if (!suspension) return;
      const account = await givenAccount(subject);
      const id = await given(account);
      const error = await failureOf(suspension.suspend(id, change(uniqueName(), AbortSignal.abort())));
      expect(error.effect).toBe('none');
      expect(await statuses(account)).toEqual([[id, 'active']]);
    });
  });
}
