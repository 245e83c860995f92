import { randomUUID } from 'node:crypto';
import type { APIMessage, APIUser } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { ClientRequest, GuildView, InteractionStatus, ServerEvent } from '../../protocol.ts';
import type { Interaction, InteractionEvent } from '../interactions.ts';
import { maySee } from '../permissions.ts';
import type { Actions, OpenForm } from '../person/actions.ts';
import { InputRefused } from '../person/input-refused.ts';
import type { State } from '../state.ts';

const SHOWN_PER_CHANNEL = 50;
/** Forms that may lie open in one window; of more, the oldest is gone as if it had been closed. */
const OPEN_FORMS_LIMIT = 20;

type Listener = (event: InteractionEvent) => void;

/** One person's window: shows what they may see, and does what they do. */
export class ClientView {
  readonly #user: APIUser;
  readonly #state: State;
  readonly #actions: Actions;
  readonly #socket: WebSocket;
  readonly #isBotOnline: () => boolean;
  readonly #forms = new Map<string, OpenForm>();

  constructor(user: APIUser, state: State, actions: Actions, socket: WebSocket, isBotOnline: () => boolean) {
    this.#user = user;
    this.#state = state;
    this.#actions = actions;
    this.#socket = socket;
    this.#isBotOnline = isBotOnline;
  }

  get userId(): string {
    return this.#user.id;
  }

  send(event: ServerEvent): void {
    this.#socket.send(JSON.stringify(event));
  }

  /** Shows everything there is to see. */
  begin(): void {
    const { people, users, members, readMarks } = this.#state;
    const directIds = this.#directChannelIds();
    const guild = this.#guild();
    const visibleIds = [...(guild?.channels ?? []).map(({ id }) => id), ...directIds];
    this.send({
      type: 'ready',
      me: this.#user,
      people: people.flatMap(({ userId, about, key }) => {
        const user = users.get(userId);
        return user === undefined ? [] : [{ user, about, key, inGuild: members.has(userId) }];
      }),
      guild,
      dms: directIds.flatMap((id) => this.#state.describeChannel(id, this.userId) ?? []),
      users: [...users.values()],
      commands: this.commands(),
      messages: Object.fromEntries(visibleIds.map((id) => [id, this.#messagesIn(id)])),
      read: Object.fromEntries(readMarks.get(this.userId) ?? []),
      botOnline: this.#isBotOnline(),
    });
  }

  commands(): Extract<ServerEvent, { type: 'ready' }>['commands'] {
    const { commands } = this.#state;
    return { guild: commands.visibleTo(this.userId, 'guild'), dm: commands.visibleTo(this.userId, 'dm') };
  }

  showChannel(channelId: string): void {
    const channel = this.#state.describeChannel(channelId, this.userId);
    if (channel !== undefined) this.send({ type: 'channel_create', channel });
  }

  receive(text: string): void {
    const request = parse(text);
    if (request === null) {
      this.#socket.close(1003);
      return;
    }
    try {
      this.#act(request);
    } catch (error) {
      if (error instanceof InputRefused) {
        if ('nonce' in request) this.#report({ nonce: request.nonce, state: 'failed', message: error.message });
        return;
      }
      // A request that makes no sense ends this window, and not the sandbox of everybody else.
      console.error('The local Discord could not do', request.type, error);
      this.#socket.close(1011);
    }
  }

  #act(request: ClientRequest): void {
    const actions = this.#actions;
    switch (request.type) {
      case 'send_message':
        actions.say(request.channelId, request.content);
        break;
      case 'delete_message':
        actions.deleteMessage(request.channelId, request.messageId);
        break;
      case 'dismiss':
        actions.dismiss(request.messageId);
        break;
      case 'read':
        this.#state.markRead(this.userId, request.channelId, request.messageId);
        break;
      case 'open_dm':
        this.showChannel(actions.openDirectChannel(request.userId));
        break;
      case 'command':
        this.#interact(request.nonce, (listen) => actions.command(request, listen));
        break;
      case 'autocomplete':
        this.#interact(request.nonce, (listen) => actions.autocomplete(request, listen));
        break;
      case 'context_command':
        this.#interact(request.nonce, (listen) => actions.userCommand(request, listen));
        break;
      case 'press':
        this.#interact(request.nonce, (listen) => actions.press(request, listen));
        break;
      case 'select':
        this.#interact(request.nonce, (listen) => actions.select(request, listen));
        break;
      case 'submit_form':
        this.#submitForm(request);
        break;
    }
  }

  #submitForm({ nonce, formId, components, files }: Extract<ClientRequest, { type: 'submit_form' }>): void {
    const form = this.#forms.get(formId);
    if (form === undefined) throw new InputRefused('This form is no longer open.');
    this.#interact(nonce, (listen) =>
      this.#actions.submitForm(form, components, files ?? [], (event) => {
        // Until the bot has taken it, a person can correct and send the same form again.
        if (event.type === 'acknowledged') this.#forms.delete(formId);
        listen(event);
      }),
    );
  }

  #interact(nonce: string, start: (listen: Listener) => Interaction): void {
    const interaction: Interaction = start((event) => this.#tell(nonce, interaction, event));
    this.#report({ nonce, state: 'sent' });
  }

  /** Tells of an interaction what concerns its sender alone; messages reach every view through the state. */
  #tell(nonce: string, interaction: Interaction, event: InteractionEvent): void {
    switch (event.type) {
      case 'acknowledged':
        this.#report({ nonce, state: 'answered' });
        break;
      case 'choices':
        this.send({ type: 'choices', nonce, choices: event.choices });
        break;
      case 'form':
        this.#openForm(nonce, { form: event.form, openedBy: interaction });
        break;
      case 'failed':
        this.#report({ nonce, state: 'failed', message: event.reason });
        break;
    }
  }

  #openForm(nonce: string, open: OpenForm): void {
    const formId = randomUUID();
    this.#forms.set(formId, open);
    const oldest = this.#forms.keys().next();
    if (this.#forms.size > OPEN_FORMS_LIMIT && !oldest.done) this.#forms.delete(oldest.value);
    this.send({ type: 'form', nonce, formId, form: open.form });
  }

  #report(status: InteractionStatus): void {
    this.send({ type: 'interaction', status });
  }

  #guild(): GuildView | null {
    const { guild, roles, members, guildChannels } = this.#state;
    if (!members.has(this.userId)) return null;
    return {
      id: guild.id,
      name: guild.name,
      ownerId: guild.ownerId,
      roles: [...roles.values()],
      members: [...members.values()],
      channels: [...guildChannels.values()].filter(({ id }) => maySee(this.#state, this.userId, id)),
    };
  }

  #directChannelIds(): string[] {
    const channels = [...this.#state.directChannels.values()];
    return channels.filter(({ userIds }) => userIds.includes(this.userId)).map(({ id }) => id);
  }

  #messagesIn(channelId: string): APIMessage[] {
    return this.#state.messages.seenBy(this.userId, channelId).slice(-SHOWN_PER_CHANNEL);
  }
}

function parse(text: string): ClientRequest | null {
  try {
    const request: unknown = JSON.parse(text);
    return typeof request === 'object' && request !== null && 'type' in request ? (request as ClientRequest) : null;
  } catch {
    return null;
  }
}
