/** What opens on a person: the profile by a click, the menu with the bot's commands by a right-click or a long press. */
import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import { Menu, type MenuEntry } from '../menus/menu.tsx';
import { Overlay, type Point } from '../menus/overlay.tsx';
import { displayName, firstName } from '../selectors.ts';
import { type Session, useSession, useWorld } from '../session.tsx';
import { useStage } from '../stage.ts';
import { Profile } from './profile.tsx';
import { runUserCommand, userCommands } from './user-commands.ts';

interface OpenOn {
  kind: 'profile' | 'menu';
  userId: string;
  anchor: HTMLElement | Point;
}

type OpenUser = (kind: OpenOn['kind'], userId: string, anchor: HTMLElement | Point) => void;

const UserMenusContext = createContext<OpenUser>(() => {});

/** Opens a person's profile or menu. */
export function useUserMenus(): OpenUser {
  return useContext(UserMenusContext);
}

export function UserMenus({ children }: { children: ComponentChildren }) {
  const [openOn, setOpenOn] = useState<OpenOn | null>(null);
  const open = useCallback<OpenUser>((kind, userId, anchor) => setOpenOn({ kind, userId, anchor }), []);
  const close = useCallback(() => setOpenOn(null), []);
  return (
    <UserMenusContext.Provider value={open}>
      {children}
      {openOn && (
        <Overlay
          key={`${openOn.kind}${openOn.userId}`}
          anchor={openOn.anchor}
          side={openOn.kind === 'profile' ? 'right' : 'below'}
          class={openOn.kind === 'profile' ? 'profile-overlay' : 'menu-overlay'}
          onClose={close}
        >
          {openOn.kind === 'profile' ? (
            <Profile userId={openOn.userId} onDone={close} onMenu={(anchor) => open('menu', openOn.userId, anchor)} />
          ) : (
            <UserMenu userId={openOn.userId} onDone={close} />
          )}
        </Overlay>
      )}
    </UserMenusContext.Provider>
  );
}

function UserMenu({ userId, onDone }: { userId: string; onDone(): void }) {
  const session = useSession();
  const world = useWorld();
  const stage = useStage();
  const name = displayName(world, userId);
  const person = world.people.find(({ user }) => user.id === userId)?.user;
  const entries = useMemo(() => {
    const list: MenuEntry[] = [
      { type: 'submenu', label: 'Apps', entries: appEntries(session, userId) },
      { type: 'separator' },
    ];
    if (userId !== world.me.id) list.push({ type: 'action', label: 'Message', run: () => session.openDm(userId) });
    if (person && userId !== world.me.id) {
      list.push({ type: 'action', label: `Become ${firstName(person)}`, run: () => stage.become(userId) });
      list.push({ type: 'action', label: `Watch as ${firstName(person)}`, run: () => stage.watch(userId) });
    }
    list.push({
      type: 'action',
      label: 'Copy user ID',
      run: () => void navigator.clipboard.writeText(userId).catch(() => {}),
    });
    return list;
  }, [userId]);
  return <Menu label={`Actions for ${name}`} entries={entries} onDone={onDone} />;
}

/** The bot's commands on a user, as entries of a menu; empty ones say why. */
function appEntries(session: Session, userId: string): MenuEntry[] {
  const commands = userCommands(session);
  if (commands.length === 0) return [{ type: 'action', label: 'No app has a command for you here', run: () => {} }];
  return commands.map((command) => ({
    type: 'action',
    label: command.name,
    run: () => runUserCommand(session, command, userId),
  }));
}
