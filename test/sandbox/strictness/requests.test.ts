import { expect, test } from 'vitest';
import { CHANNEL_IDS } from '../../../sandbox/world.ts';
import { startStrictDiscord } from './strict-discord.ts';

const { discord, bot } = await startStrictDiscord();

test('a request with a wrong token gets 401', async () => {
  expect(await bot.rest('GET', '/users/@me', undefined, { authorization: 'Bot wrong' })).toMatchObject({
    status: 401,
    body: { code: 0, message: '401: Unauthorized' },
  });
});

test('a body that is no JSON gets 50109', async () => {
  const response = await fetch(`${discord.apiUrl}/v10/channels/${CHANNEL_IDS.staff}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: '{',
  });
  expect([response.status, await response.json()]).toMatchObject([400, { code: 50109 }]);
});
