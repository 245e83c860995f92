/**
 * What opens above the page beside something: lists, menus, profiles. It lives in the browser's top layer (`popover`), so it
 * is never cut off, works inside dialogs, and becomes a sheet at the lower edge of a narrow screen (in CSS).
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface Point {
  x: number;
  y: number;
}

export interface OverlayProps {
  /** An element to open at, or the place of a click. */
  anchor: HTMLElement | Point;
  side?: 'below' | 'right';
  /** As wide as its anchor, as lists of selects are. */
  matchWidth?: boolean;
  class?: string;
  onClose(): void;
  children: ComponentChildren;
}

const gapPx = 4;
const marginPx = 8;

export function Overlay({
  anchor,
  side = 'below',
  matchWidth,
  class: className = '',
  onClose,
  children,
}: OverlayProps) {
  const element = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const overlay = element.current;
    if (!overlay) return;
    overlay.showPopover();
    const place = () => placeBeside(overlay, anchor, side, matchWidth ?? false);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(overlay);
    window.addEventListener('resize', place);
    const focusedBefore = document.activeElement;
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', place);
      if (overlay.contains(document.activeElement) && focusedBefore instanceof HTMLElement) focusedBefore.focus();
    };
  }, [anchor]);

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      const target = event.target as Node;
      const isInside = element.current?.contains(target) || (anchor instanceof HTMLElement && anchor.contains(target));
      if (!isInside) close.current();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close.current();
    };
    window.addEventListener('pointerdown', onPointerDown, true);
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [anchor]);

  return (
    <div ref={element} popover="manual" class={`overlay ${className}`}>
      {children}
    </div>
  );
}

/** Keeps the overlay on the screen: to the other side where the wished one is too short, else moved along the edge. */
function placeBeside(overlay: HTMLElement, anchor: HTMLElement | Point, side: 'below' | 'right', matchWidth: boolean) {
  const box = anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  if (matchWidth) overlay.style.setProperty('--anchor-width', `${box.width}px`);
  const { offsetWidth: width, offsetHeight: height } = overlay;
  const wide = document.documentElement.clientWidth;
  const high = document.documentElement.clientHeight;
  let left = side === 'right' ? box.right + gapPx : box.left;
  let top = side === 'right' ? box.top : box.bottom + gapPx;
  if (side === 'right' && left + width > wide - marginPx) left = box.left - gapPx - width;
  if (side === 'below' && top + height > high - marginPx && box.top - gapPx - height >= marginPx) {
    top = box.top - gapPx - height;
  }
  overlay.style.setProperty('--left', `${Math.max(marginPx, Math.min(left, wide - width - marginPx))}px`);
  overlay.style.setProperty('--top', `${Math.max(marginPx, Math.min(top, high - height - marginPx))}px`);
}
