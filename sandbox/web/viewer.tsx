/** What is common to every view of a person: its live session, its menus and its open form. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { FormDialog } from './forms/form-dialog.tsx';
import { UserMenus } from './people/user-menus.tsx';
import { type Observer, SessionProvider, useLiveSession } from './session.tsx';
import type { World } from './state.ts';

interface ViewerProps {
  personId: string | undefined;
  observer: Observer;
  onWorld?(world: World): void;
  /** Drawn until the world has arrived. */
  skeleton: ComponentChildren;
  children: ComponentChildren;
}

export function Viewer({ personId, observer, onWorld, skeleton, children }: ViewerProps) {
  const session = useLiveSession(personId, observer);
  const { world, form } = session.state;
  useLayoutEffect(() => {
    if (world) onWorld?.(world);
  }, [world]);
  return (
    <SessionProvider value={session}>
      {world ? <UserMenus>{children}</UserMenus> : skeleton}
      {world && form && <FormDialog key={form.formId} open={form} />}
    </SessionProvider>
  );
}
