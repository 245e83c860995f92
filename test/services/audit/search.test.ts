import { describe, expect, it } from 'vitest';
import { type AuditQuery, searchAudit } from '../../../src/services/audit/search.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();

/** On the last Sunday of March clocks in Berlin go from 2 to 3: that day has 23 hours, the first of them at 23:00 UTC. */
const MOMENTS = {
  'the last of the 28th': '2026-03-28T22:59:59.999Z',
  'the first of the 29th': '2026-03-28T23:00:00Z',
  'the last of the 29th': '2026-03-29T21:59:59.999Z',
  'the first of the 30th': '2026-03-29T22:00:00Z',
};
for (const [action, at] of Object.entries(MOMENTS)) {
  await store.sql`insert into audit (at, actor_id, action, outcome, facts) values (${new Date(at)}, '1', ${action}, 'succeeded', '{}')`;
}

async function found(timeZone: string, query: AuditQuery): Promise<string[]> {
  const services = await testServices(store, { panels: [createTestPanel().panel], timeZone });
  const { items } = await searchAudit(contextOf(services, OWNER), query);
  return items.map(({ action }) => action);
}

describe('a search of the audit log by days', () => {
  it('takes the days as they are where the community lives, the last one whole', async () => {
    const day = { from: '2026-03-29', to: '2026-03-29' };
    expect(await found('Europe/Berlin', day)).toEqual(['the last of the 29th', 'the first of the 29th']);
    expect(await found('UTC', day)).toEqual(['the first of the 30th', 'the last of the 29th']);
  });

  it('is open at the end that is not given', async () => {
    expect(await found('Europe/Berlin', { from: '2026-03-30' })).toEqual(['the first of the 30th']);
    expect(await found('Europe/Berlin', { to: '2026-03-28' })).toEqual(['the last of the 28th']);
  });
});
