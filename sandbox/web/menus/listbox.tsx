/** A list to choose from, steered by the field or button that owns it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export interface ListboxItem {
  key: string;
  selected?: boolean;
  content: ComponentChildren;
}

interface ListboxProps {
  id: string;
  label: string;
  items: ListboxItem[];
  highlighted: number;
  multiple?: boolean;
  onHighlight(index: number): void;
  onPick(index: number): void;
}

export function Listbox({ id, label, items, highlighted, multiple, onHighlight, onPick }: ListboxProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[highlighted]?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  return (
    <div ref={list} id={id} class="listbox" role="listbox" aria-label={label} aria-multiselectable={multiple ?? false}>
      {items.map((item, index) => (
        // The owner of the list has the focus and handles the keys; the pointer must not take it away.
        <div
          key={item.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={item.selected ?? index === highlighted}
          class={index === highlighted ? 'highlighted' : ''}
          onPointerMove={() => index !== highlighted && onHighlight(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(index)}
          onKeyDown={(event) => event.key === 'Enter' && onPick(index)}
        >
          {item.content}
        </div>
      ))}
    </div>
  );
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/**
 * The highlight of a list of `count` items; it goes back to `initial` whenever `resetBy` changes, at once, so that a key
 * pressed right after typing never meets the old place. `handleKey` returns whether the key was one of the list's.
 */
export function useHighlight(count: number, initial: number, resetBy: string) {
  const [moved, setMoved] = useState({ resetBy, index: initial });
  const highlighted = Math.min(moved.resetBy === resetBy ? moved.index : initial, count - 1);
  const setHighlighted = (index: number) => setMoved({ resetBy, index });
  const handleKey = (event: KeyboardEvent): boolean => {
    if (count === 0) return false;
    if (event.key === 'ArrowDown') setHighlighted((highlighted + 1) % count);
    else if (event.key === 'ArrowUp') setHighlighted(highlighted <= 0 ? count - 1 : highlighted - 1);
    else return false;
    event.preventDefault();
    return true;
  };
  return { highlighted, setHighlighted, handleKey };
}
