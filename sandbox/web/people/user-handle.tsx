/** Anything that stands for a person: a click opens the profile, a right-click or a long press the menu. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useUserMenus } from './user-menus.tsx';

interface UserHandleProps {
  userId: string;
  class: string;
  label?: string;
  /** Colour of the name, as the stylesheet takes it. */
  style?: Record<string, string>;
  /** What a click does instead of opening the profile. */
  onClick?(): void;
  children: ComponentChildren;
}

/** iOS sends no `contextmenu` for a long press, so it is measured here. */
const longPressMs = 500;

export function UserHandle({ userId, class: className, label, style, onClick, children }: UserHandleProps) {
  const open = useUserMenus();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const wasLongPress = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  return (
    <button
      type="button"
      class={className}
      aria-label={label}
      data-user={userId}
      style={style ?? {}}
      onClick={(event) => {
        if (wasLongPress.current) wasLongPress.current = false;
        else if (onClick) onClick();
        else open('profile', userId, event.currentTarget);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        cancel();
        // The keyboard's menu key reports no place; the menu then opens at the name itself.
        const isPointed = event.clientX !== 0 || event.clientY !== 0;
        open('menu', userId, isPointed ? { x: event.clientX, y: event.clientY } : event.currentTarget);
      }}
      onPointerDown={(event) => {
        if (event.pointerType !== 'touch') return;
        const { clientX: x, clientY: y } = event;
        timer.current = setTimeout(() => {
          wasLongPress.current = true;
          open('menu', userId, { x, y });
        }, longPressMs);
      }}
      onPointerUp={cancel}
      onPointerCancel={cancel}
      onPointerMove={(event) => (Math.abs(event.movementX) + Math.abs(event.movementY) > 6 ? cancel() : undefined)}
    >
      {children}
    </button>
  );
}
