import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIUser } from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ServerEvent } from '../../protocol.ts';
import type { StoredMessage } from '../messages.ts';
import { maySee } from '../permissions.ts';
import { type ActionParts, Actions } from '../person/actions.ts';
import type { State } from '../state.ts';
import { ClientView } from './view.ts';

/** The web client's side of the local Discord: one WebSocket for each person who is being viewed. */
export class ClientHub {
  readonly #parts: ActionParts;
  readonly #state: State;
  readonly #isBotOnline: () => boolean;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #views = new Set<ClientView>();

  constructor(parts: ActionParts, isBotOnline: () => boolean) {
    this.#parts = parts;
    this.#state = parts.state;
    this.#isBotOnline = isBotOnline;
    this.#listen();
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const asked = new URLSearchParams(request.url?.split('?')[1]).get('person');
    const user = this.#state.users.get(asked ?? this.#state.openAs);
    if (user === undefined || user.bot) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    else this.#sockets.handleUpgrade(request, socket, head, (webSocket) => this.#open(user, webSocket));
  }

  stop(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #open(user: APIUser, socket: WebSocket): void {
    const view = new ClientView(user, this.#state, new Actions(user.id, this.#parts), socket, this.#isBotOnline);
    this.#views.add(view);
    socket.on('close', () => this.#views.delete(view));
    socket.on('error', () => socket.terminate());
    socket.on('message', (raw) => view.receive(raw.toString()));
    view.begin();
  }

  #listen(): void {
    const state = this.#state;
    state.on('messageCreate', (stored) =>
      this.#showMessage(stored, { type: 'message_create', message: stored.message }),
    );
    state.on('messageUpdate', (stored) =>
      this.#showMessage(stored, { type: 'message_update', message: stored.message }),
    );
    state.on('messageDelete', (stored) => {
      const { id: messageId, channel_id: channelId } = stored.message;
      this.#showMessage(stored, { type: 'message_delete', channelId, messageId });
    });
    state.on('directChannelCreate', ({ id, userIds }) => {
      for (const view of this.#views) if (userIds.includes(view.userId)) view.showChannel(id);
    });
    state.on('memberUpdate', (member) => {
      for (const view of this.#views) {
        // New roles change which channels and commands there are, so that person begins anew.
        if (view.userId === member.user.id) view.begin();
        else view.send({ type: 'members_update', members: [member], users: [member.user] });
      }
    });
    state.on('commandsChange', () => {
      for (const view of this.#views) view.send({ type: 'commands_update', commands: view.commands() });
    });
    state.on('read', (userId, channelId, messageId) => {
      for (const view of this.#views) if (view.userId === userId) view.send({ type: 'read', channelId, messageId });
    });
    state.on('botStatus', (online) => {
      for (const view of this.#views) view.send({ type: 'bot_status', online });
    });
  }

  #showMessage({ message, visibleTo }: StoredMessage, event: ServerEvent): void {
    for (const view of this.#views) {
      const isMeant = visibleTo === null || visibleTo === view.userId;
      if (isMeant && maySee(this.#state, view.userId, message.channel_id)) view.send(event);
    }
  }
}
