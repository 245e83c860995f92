import { expect, it } from 'vitest';
import { readContact } from '../../../src/services/people/contact.ts';
import { chooseToBeTold, ownContact } from '../../../src/services/people/own.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, testServices } from '../../harness/services.ts';

const store = await testStore();
const services = await testServices(store, { panels: [] });

it('somebody who never said anything is told, and may be written to', async () => {
  expect(await readContact(services, '1')).toEqual({ told: true, closedSince: null });
});

it('a wish is kept until another one, for oneself alone', async () => {
  await chooseToBeTold(contextOf(services, '2'), false);
  expect(await ownContact(contextOf(services, '2'))).toMatchObject({ told: false });
  expect(await readContact(services, '3')).toMatchObject({ told: true });
  await chooseToBeTold(contextOf(services, '2'), true);
  expect(await readContact(services, '2')).toMatchObject({ told: true });
});

it('a request delivered again does not bring back what was wished before', async () => {
  const request = { origin: 'once' };
  await chooseToBeTold(contextOf(services, '4', request), false);
  await chooseToBeTold(contextOf(services, '4'), true);
  await chooseToBeTold(contextOf(services, '4', request), false);
  expect(await readContact(services, '4')).toMatchObject({ told: true });
});

it('a wish says nothing of whether messages arrive', async () => {
  await store.sql`insert into people (user_id, dm_closed_at) values ('5', '2026-01-02T03:04:05Z')`;
  await chooseToBeTold(contextOf(services, '5'), false);
  expect(await readContact(services, '5')).toEqual({ told: false, closedSince: new Date('2026-01-02T03:04:05Z') });
});
