/** One WebSocket to the local Discord, seen as one person; it comes back by itself after every loss. */
import type { ClientRequest, ServerEvent } from '../protocol.ts';

export interface Connection {
  /** Returns false when there is no connection; nothing is kept for later, as a late click would surprise. */
  send(request: ClientRequest): boolean;
  close(): void;
}

export interface ConnectionListener {
  onEvent(event: ServerEvent): void;
  onLost(): void;
}

const firstRetryMs = 250;
const slowestRetryMs = 4_000;

/** @param personId Whose view to open; without it the server chooses. */
export function connect(personId: string | undefined, listener: ConnectionListener): Connection {
  let socket: WebSocket | undefined;
  let retryMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  const open = () => {
    const url = new URL('/client', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    if (personId) url.searchParams.set('person', personId);
    const current = new WebSocket(url);
    socket = current;
    current.onmessage = ({ data }) => {
      retryMs = firstRetryMs;
      if (!closed) listener.onEvent(JSON.parse(String(data)) as ServerEvent);
    };
    current.onclose = () => {
      if (closed) return;
      listener.onLost();
      timer = setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, slowestRetryMs);
    };
  };
  open();

  return {
    send(request) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(request));
      return true;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      socket?.close();
    },
  };
}
