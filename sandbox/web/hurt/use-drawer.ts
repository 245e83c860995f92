/** The drawer's content, alive while it is open. */
import { useEffect, useState } from 'preact/hooks';
import type { DrawerView } from '../../hurt/protocol.ts';

export interface Drawer {
  /** Null until it has arrived. */
  readonly view: DrawerView | null;
  press(id: string): void;
  takeBack(id: string): void;
}

/** Where the drawer is served; empty where there is none. */
export function hurtPath(): string {
  return document.getElementById('app')?.dataset.hurtPath ?? '';
}

export function useDrawer(path: string): Drawer {
  const [view, setView] = useState<DrawerView | null>(null);
  useEffect(() => {
    const stream = new EventSource(path);
    stream.onmessage = ({ data }) => setView(JSON.parse(String(data)) as DrawerView);
    return () => stream.close();
  }, [path]);
  // What came of it comes by the stream.
  const send = (method: string, id: string) => void fetch(`${path}/${id}`, { method }).catch(() => undefined);
  return { view, press: (id) => send('POST', id), takeBack: (id) => send('DELETE', id) };
}
