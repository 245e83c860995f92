/** The least that a bot on Node can do: plain `ws` and `undici`, no library between. Defer, one SELECT, edit. */
import {
  type APIChatInputApplicationCommandInteraction,
  ApplicationCommandOptionType,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayReceivePayload,
  InteractionResponseType,
  MessageFlags,
} from 'discord-api-types/v10';
import { Pool } from 'undici';
import { WebSocket } from 'ws';
import { environment } from './environment.ts';
import { accountFinder } from './find-account.ts';

const api = new URL(environment.apiUrl);
const pool = new Pool(api.origin);
const findAccount = accountFinder(environment.databaseUrl);

const DEFER = {
  type: InteractionResponseType.DeferredChannelMessageWithSource,
  data: { flags: MessageFlags.Ephemeral },
};
const COMMAND = {
  name: 'account',
  description: 'Your account',
  options: [{ type: ApplicationCommandOptionType.Subcommand, name: 'view', description: 'Look at your account' }],
};

async function call(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<unknown> {
  const response = await pool.request({
    method,
    path: `${api.pathname}/v10${path}`,
    headers: { authorization: `Bot ${environment.token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.body.text();
  if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

async function answer(interaction: APIChatInputApplicationCommandInteraction): Promise<void> {
  await call('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, DEFER);
  const content = await findAccount(interaction.member?.user.id ?? interaction.user?.id ?? '');
  await call('PATCH', `/webhooks/${interaction.application_id}/${interaction.token}/messages/@original`, { content });
}

function dispatch(payload: GatewayDispatchPayload): void {
  if (payload.t === 'INTERACTION_CREATE') void answer(payload.d as APIChatInputApplicationCommandInteraction);
  if (payload.t === 'READY') void call('PUT', `/applications/${payload.d.application.id}/commands`, [COMMAND]);
}

const { url } = (await call('GET', '/gateway/bot')) as { url: string };
const socket = new WebSocket(`${url}?v=10&encoding=json`);
let sequence: number | null = null;

socket.on('message', (data) => {
  const payload = JSON.parse(data.toString()) as GatewayReceivePayload;
  sequence = payload.s ?? sequence;
  if (payload.op === GatewayOpcodes.Dispatch) dispatch(payload);
  if (payload.op !== GatewayOpcodes.Hello) return;
  const beat = () => socket.send(JSON.stringify({ op: GatewayOpcodes.Heartbeat, d: sequence }));
  setInterval(beat, payload.d.heartbeat_interval);
  const properties = { os: process.platform, browser: 'floor', device: 'floor' };
  const identity = { token: environment.token, intents: GatewayIntentBits.Guilds, properties };
  socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d: identity }));
});
