/** One person's view, alive: the connection, the state it feeds, and what the person can do. */
import type { ModalSubmitComponent } from 'discord-api-types/v10';
import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { ClientRequest, PickedFile, ServerEvent } from '../protocol.ts';
import { type Connection, connect } from './connection.ts';
import { allChannels, botDm, botOf, findChannel, recipientOf } from './selectors.ts';
import { type Action, emptyState, reduce, type SentInteraction, type State, type World } from './state.ts';

/** A request that a bot answers; the session adds the nonce. */
export type InteractionRequest = WithoutNonce<Extract<ClientRequest, { nonce: string }>>;
type WithoutNonce<Request> = Request extends { nonce: string } ? Omit<Request, 'nonce'> : never;

export interface Session {
  state: State;
  channelId: string | null;
  goTo(channelId: string): void;
  openDm(userId: string): void;
  send(request: ClientRequest): void;
  /** Returns the nonce under which the answer comes. */
  interact(request: InteractionRequest, about: Omit<SentInteraction, 'nonce' | 'state'>): string;
  submitForm(components: ModalSubmitComponent[], files: PickedFile[]): void;
  closeForm(): void;
  dismissFailure(nonce: string): void;
  markRead(channelId: string, messageId: string): void;
}

/** Sees what persons do and what comes back; the tour ticks its steps by it. */
export interface Observer {
  onRequest(world: World, request: ClientRequest, label: string): void;
  onEvent(world: World | null, event: ServerEvent): void;
}

interface Remembered {
  state: State;
  channelId: string | null;
}

/** What a person's view last showed, so that switching back draws at once and is then made fresh by `ready`. */
const remembered = new Map<string, Remembered>();

export function useLiveSession(personId: string | undefined, observer: Observer): Session {
  const past = personId ? remembered.get(personId) : undefined;
  const [state, dispatch] = useReducer<State, Action>(
    reduce,
    past ? { ...past.state, link: 'connecting' } : emptyState,
  );
  const [channelId, setChannelId] = useState<string | null>(past?.channelId ?? null);
  const connection = useRef<Connection | null>(null);
  const latest = useRef({ state, observer });
  latest.current = { state, observer };
  const awaitedDm = useRef<string | null>(null);

  useEffect(() => {
    const opened = connect(personId, {
      onEvent(event) {
        latest.current.observer.onEvent(latest.current.state.world, event);
        dispatch({ type: 'event', event });
      },
      onLost: () => dispatch({ type: 'lost' }),
    });
    connection.current = opened;
    return () => opened.close();
  }, [personId]);

  const { world } = state;
  const shownId = world && (channelId && findChannel(world, channelId) ? channelId : homeChannelId(world));
  useEffect(() => {
    const awaited = world?.dms.find((dm) => recipientOf(world, dm)?.id === awaitedDm.current);
    if (!awaited) return;
    awaitedDm.current = null;
    setChannelId(awaited.id);
  }, [world?.dms]);
  // Everyone has the bot among their direct messages, so that there is always a place to try it in.
  const bot = world ? botOf(world) : undefined;
  const unmetBotId = world && !botDm(world) ? bot?.id : undefined;
  useEffect(() => {
    if (unmetBotId) connection.current?.send({ type: 'open_dm', userId: unmetBotId });
  }, [unmetBotId]);
  useEffect(() => {
    if (world) remembered.set(world.me.id, { state: { ...state, interactions: [], form: null }, channelId: shownId });
  }, [state, shownId]);

  return useMemo(() => {
    const send = (request: ClientRequest, label = '') => {
      const sent = connection.current?.send(request) ?? false;
      if (sent && latest.current.state.world) {
        latest.current.observer.onRequest(latest.current.state.world, request, label);
      }
    };
    const session: Session = {
      state,
      channelId: shownId,
      goTo: setChannelId,
      openDm(userId) {
        const dm = world?.dms.find((channel) => recipientOf(world, channel)?.id === userId);
        if (dm) return setChannelId(dm.id);
        awaitedDm.current = userId;
        send({ type: 'open_dm', userId });
      },
      send,
      interact(request, about) {
        const nonce = crypto.randomUUID();
        const afterMessageId = latest.current.state.world?.messages[about.channelId]?.at(-1)?.id;
        dispatch({ type: 'sent', interaction: { ...about, nonce, afterMessageId } });
        send({ ...request, nonce }, about.label);
        return nonce;
      },
      submitForm(components, files) {
        const { form } = latest.current.state;
        if (!form) return;
        const nonce = crypto.randomUUID();
        dispatch({ type: 'form_submitted', nonce });
        const attached = files.length > 0 ? { files } : {};
        send({ type: 'submit_form', nonce, formId: form.formId, components, ...attached }, form.form.title);
      },
      closeForm: () => dispatch({ type: 'form_closed' }),
      dismissFailure: (nonce) => dispatch({ type: 'failure_dismissed', nonce }),
      markRead(id, messageId) {
        dispatch({ type: 'event', event: { type: 'read', channelId: id, messageId } });
        send({ type: 'read', channelId: id, messageId });
      },
    };
    return session;
  }, [state, shownId]);
}

/** Where a view opens: the staff's channel for those who see it, the bot's direct messages for everyone else. */
function homeChannelId(world: World): string | null {
  const staff = world.guild?.channels.find(({ name }) => name === 'staff');
  const first = botOf(world) ? undefined : allChannels(world)[0];
  return (staff ?? botDm(world) ?? first)?.id ?? null;
}

const SessionContext = createContext<Session | null>(null);
export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('This part of the page is drawn outside of a session.');
  return session;
}

/** The world of a session that is known to have one; the parts of a view are drawn only then. */
export function useWorld(): World {
  const { world } = useSession().state;
  if (!world) throw new Error('This part of the page is drawn before its world has arrived.');
  return world;
}
