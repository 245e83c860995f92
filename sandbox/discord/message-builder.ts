import {
  AllowedMentionsTypes,
  type APIAllowedMentions,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIUser,
  EmbedType,
  MessageFlags,
  MessageType,
  type RESTAPIMessageReference,
} from 'discord-api-types/v10';
import type { AttachmentStore, UploadedFile } from './attachments.ts';
import { type AnyComponent, completeComponents, eachComponent, type Media } from './components.ts';
import { invalidForm } from './errors.ts';
import type { State } from './state.ts';

/** What a request says about a message; the same in every route that writes one. */
export interface MessageBody {
  content?: string | null;
  embeds?: APIEmbed[] | null;
  components?: AnyComponent[] | null;
  flags?: number | null;
  attachments?: { id: string | number; filename?: string; description?: string }[] | null;
  allowed_mentions?: APIAllowedMentions | null;
  message_reference?: RESTAPIMessageReference | null;
  nonce?: string | number | null;
  /** Whether a second message with the same nonce is answered with the first one. */
  enforce_nonce?: boolean | null;
  tts?: boolean | null;
}

/** Flags that a bot may set on a message that everybody sees. */
export const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
/** Flags that an edit may set; whether a message is ephemeral was decided when it was made. */
const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/** A request's message: its body and the files that came with it. */
export interface MessageDraft {
  body: MessageBody;
  files: readonly UploadedFile[];
}

export class MessageBuilder {
  readonly #state: State;
  readonly #attachments: AttachmentStore;

  constructor(state: State, attachments: AttachmentStore) {
    this.#state = state;
    this.#attachments = attachments;
  }

  create(channelId: string, author: APIUser, draft: MessageDraft, more: Partial<APIMessage> = {}): APIMessage {
    const message: APIMessage = {
      id: this.#state.ids.next(),
      channel_id: channelId,
      author,
      content: '',
      timestamp: new Date(this.#state.clock.now()).toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      embeds: [],
      components: [],
      pinned: false,
      type: MessageType.Default,
      flags: 0 as MessageFlags,
      ...more,
    };
    return this.#apply(message, draft);
  }

  /** What `message` becomes by an edit: what the draft leaves out stays. */
  edit(message: APIMessage, draft: MessageDraft): APIMessage {
    const edited = { ...message, edited_timestamp: new Date(this.#state.clock.now()).toISOString() };
    const body = { ...draft.body, flags: (draft.body.flags ?? 0) & EDITABLE_FLAGS };
    return this.#apply(edited, { ...draft, body });
  }

  #apply(message: APIMessage, { body, files }: MessageDraft): APIMessage {
    if (files.length > 0 || body.attachments) message.attachments = this.#attached(message, body, files);
    if (body.content !== undefined) message.content = body.content?.trim() ?? '';
    if (body.embeds !== undefined) message.embeds = (body.embeds ?? []).map(completeEmbed);
    if (body.components !== undefined) {
      const components = body.components ?? [];
      completeComponents(components);
      message.components = components as NonNullable<APIMessage['components']>;
    }
    if (body.flags) message.flags = (message.flags ?? 0) | body.flags;
    if (body.nonce !== undefined && body.nonce !== null) message.nonce = body.nonce;
    this.#resolveMedia(message, body);
    this.#resolveMentions(message, body);
    return message;
  }

  #attached(message: APIMessage, body: MessageBody, files: readonly UploadedFile[]): APIAttachment[] {
    const named = body.attachments ?? null;
    const kept =
      named === null
        ? message.attachments
        : message.attachments.filter(({ id }) => named.some((one) => String(one.id) === id));
    const added = files.map((file) => {
      const about = named?.find((one) => String(one.id) === file.index);
      const renamed = about?.filename === undefined ? file : { ...file, filename: about.filename };
      return this.#attachments.put(this.#state.ids.next(), message.channel_id, renamed, about?.description);
    });
    return [...kept, ...added];
  }

  /** `attachment://name` becomes the address of the message's own file. */
  #resolveMedia(message: APIMessage, body: MessageBody): void {
    const resolve = (media: Media | undefined): void => {
      if (media === undefined || !media.url.startsWith('attachment://')) return;
      const name = media.url.slice('attachment://'.length);
      const attachment = message.attachments.find(({ filename }) => filename === name);
      if (attachment === undefined) {
        const reason = `The referenced attachment "${name}" was not found in the request.`;
        throw invalidForm([
          { path: ['components'], code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message: reason },
        ]);
      }
      Object.assign(media, {
        id: attachment.id,
        url: attachment.url,
        proxy_url: attachment.proxy_url,
        content_type: attachment.content_type,
        attachment_id: attachment.id,
      });
    };
    eachComponent(body.components ?? [], (component) => {
      resolve(component.media);
      resolve(component.file);
      for (const { media } of component.items ?? []) resolve(media);
    });
    for (const embed of message.embeds) {
      resolve(embed.image as Media | undefined);
      resolve(embed.thumbnail as Media | undefined);
    }
  }

  /** Who is mentioned, which is who is pinged: `allowed_mentions` narrows it as in Discord. */
  #resolveMentions(message: APIMessage, body: MessageBody): void {
    if (body.content === undefined && body.components === undefined) return;
    let text = message.content;
    eachComponent(body.components ?? [], ({ content }) => {
      if (content !== undefined) text += `\n${content}`;
    });
    if (!text.includes('@')) return;
    const allowed = body.allowed_mentions ?? { parse: Object.values(AllowedMentionsTypes) };
    const mayPing = (kind: AllowedMentionsTypes, id: string, named: string[] | undefined) =>
      allowed.parse?.includes(kind) || named?.includes(id) || false;
    message.mentions = [...new Set([...text.matchAll(/<@!?(\d+)>/g)].map((match) => match[1] ?? ''))]
      .filter((id) => mayPing(AllowedMentionsTypes.User, id, allowed.users))
      .flatMap((id) => this.#state.users.get(id) ?? []);
    message.mention_roles = [...new Set([...text.matchAll(/<@&(\d+)>/g)].map((match) => match[1] ?? ''))]
      .filter((id) => mayPing(AllowedMentionsTypes.Role, id, allowed.roles))
      .filter((id) => this.#state.roles.has(id));
    message.mention_everyone = /@(everyone|here)\b/.test(text) && mayPing(AllowedMentionsTypes.Everyone, '', undefined);
  }
}

function completeEmbed(embed: APIEmbed): APIEmbed {
  const fields = embed.fields?.map((field) => ({ inline: false, ...field }));
  return { type: EmbedType.Rich, ...embed, ...(fields === undefined ? {} : { fields }) };
}

export const isEphemeral = (flags: number | null | undefined): boolean => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
