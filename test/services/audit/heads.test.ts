import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../../sandbox/world.ts';
import { createRest } from '../../../src/discord/gateway/rest.ts';
import { createPostedHeads } from '../../../src/discord/heads.ts';
import { headWords } from '../../../src/locales/en/audit.ts';
import { postHead } from '../../../src/services/audit/heads.ts';
import { recordAudit } from '../../../src/services/audit/record.ts';
import { testStore } from '../../harness/database.ts';
import { sealAll } from '../../harness/sealing.ts';
import { testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const services = await testServices(store, { panels: [createTestPanel().panel] });

async function append(): Promise<void> {
  await store.sql.begin((transaction) =>
    recordAudit(transaction, { actorId: '1', action: 'user.view', outcome: 'succeeded', facts: {} }),
  );
  await sealAll(services);
}

async function owed(): Promise<unknown[]> {
  await postHead(services);
  return (await store.sql`select kind, lane, content from notices where kind = 'head' order by id`).map((row) => row);
}

const nextDay = () => store.sql`update notices set created_at = created_at - interval '1 day', posted_at = now()`;

describe('the head of the audit log', () => {
  it('is not posted where there is nowhere to post it, and not without a sealed row', async () => {
    await append();
    expect(await owed()).toEqual([]);
    await store.sql`insert into settings (name, value, changed_by) values ('auditChannelId', '"7"', '1')`;
    await services.policy.refresh();
    expect(await owed()).toHaveLength(1);
  });

  it('is posted once a day, however often it is asked for, and only where something is new', async () => {
    await append();
    await Promise.all([owed(), owed(), owed()]);
    expect(await owed()).toHaveLength(1);
    await nextDay();
    expect(await owed()).toEqual([
      { kind: 'head', lane: 'audit', content: { position: 1, seal: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      { kind: 'head', lane: 'audit', content: { position: 2, seal: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
    await nextDay();
    expect(await owed()).toHaveLength(2);
  });
});

describe('heads that were posted', async () => {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  afterAll(() => discord.stop());
  const rest = createRest(discord);
  const posted = createPostedHeads(rest, pino({ level: 'silent' }));
  const seal = (letter: string) => letter.repeat(64);

  const post = async (content: string) => {
    const body = { flags: 1 << 15, components: [{ type: 17, components: [{ type: 10, content }] }] };
    return (await rest.post(`/channels/${CHANNEL_IDS.staffAudit}/messages`, { body })) as { id: string };
  };

  it('are none in a channel without any', async () => {
    expect(await posted.among(CHANNEL_IDS.staffAudit, null)).toEqual([]);
  });

  it('are read from what the bot itself said: newest first, and nothing that only looks like one', async () => {
    await post(headWords(3, seal('a')));
    const last = await post(headWords(1_204, seal('b')));
    await post(`#1042 · Credits given · ${headWords(9_999, seal('c'))}`);
    await post(`${headWords(9_999, seal('c'))} and more`);
    discord.as(USER_IDS.ada).say(CHANNEL_IDS.staffAudit, headWords(9_999, seal('d')));
    const heads = [
      { position: 1_204, seal: seal('b'), at: expect.any(Date) },
      { position: 3, seal: seal('a'), at: expect.any(Date) },
    ];
    expect(await posted.among(CHANNEL_IDS.staffAudit, null)).toEqual(heads);
    for (let line = 0; line < 150; line += 1) await post(`#${line} · Credits given`);
    expect(await posted.among(CHANNEL_IDS.staffAudit, last.id)).toEqual(heads);
  });

  it('are none where the channel cannot be read', async () => {
    expect(await posted.among('1', '2')).toEqual([]);
  });
});
