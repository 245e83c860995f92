/** A menu as desktops have them: arrows, Home, End, Enter, and submenus by ArrowRight or hovering. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';

export type MenuEntry =
  | { type: 'action'; label: string; detail?: string; danger?: boolean; run(): void }
  | { type: 'submenu'; label: string; entries: MenuEntry[] }
  | { type: 'separator' };

interface MenuProps {
  label: string;
  entries: MenuEntry[];
  /** Called after an action has run, and for ArrowLeft in a submenu. */
  onDone(): void;
  onBack?(): void;
}

export function Menu({ label, entries, onDone, onBack }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus(), []);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>(':scope > .menu-row > [role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === 'ArrowLeft' && onBack) onBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={list} class="menu" role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {entries.map((entry, index) =>
        entry.type === 'separator' ? (
          <hr key={`line-${index.toString()}`} />
        ) : (
          <MenuRow key={entry.label} entry={entry} onDone={onDone} />
        ),
      )}
    </div>
  );
}

function MenuRow({ entry, onDone }: { entry: Exclude<MenuEntry, { type: 'separator' }>; onDone(): void }) {
  const [open, setOpen] = useState(false);
  const item = useRef<HTMLButtonElement>(null);
  if (entry.type === 'action') {
    const run = () => {
      onDone();
      entry.run();
    };
    return (
      <MenuLine danger={entry.danger ?? false} onClick={run}>
        <span>{entry.label}</span>
        {entry.detail && <small>{entry.detail}</small>}
      </MenuLine>
    );
  }
  const back = () => {
    setOpen(false);
    item.current?.focus();
  };
  return (
    <div
      class="menu-row"
      role="none"
      onPointerEnter={(event) => event.pointerType === 'mouse' && setOpen(true)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setOpen(false)}
    >
      <button
        ref={item}
        type="button"
        role="menuitem"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowRight') return;
          setOpen(true);
          event.stopPropagation();
        }}
      >
        <span>{entry.label}</span>
        <Icon name="right" />
      </button>
      {open && (
        <Submenu>
          <Menu label={entry.label} entries={entry.entries} onDone={onDone} onBack={back} />
        </Submenu>
      )}
    </div>
  );
}

/** Opens to the right and downwards, or the other way where the screen ends. */
function Submenu({ children }: { children: ComponentChildren }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = element.current?.getBoundingClientRect();
    if (!box) return;
    element.current?.classList.toggle('submenu-left', box.right > document.documentElement.clientWidth);
    element.current?.classList.toggle('submenu-up', box.bottom > document.documentElement.clientHeight);
  }, []);
  return (
    <div ref={element} class="submenu">
      {children}
    </div>
  );
}

function MenuLine(props: { danger: boolean; onClick(): void; children: ComponentChildren }) {
  return (
    <div class="menu-row" role="none">
      <button type="button" role="menuitem" class={props.danger ? 'danger' : ''} onClick={props.onClick}>
        {props.children}
      </button>
    </div>
  );
}
