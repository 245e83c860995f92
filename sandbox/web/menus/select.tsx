/** Our own select: one or several of a list, with a filter where the list is long. */
import { useId, useRef, useState } from 'preact/hooks';
import type { Suggestion } from '../composer/suggestions.ts';
import { Icon } from '../icons.tsx';
import { Listbox, optionId, useHighlight } from './listbox.tsx';
import { Overlay } from './overlay.tsx';
import { SuggestionLine } from './suggestion-line.tsx';

interface SelectProps {
  label: string;
  placeholder: string;
  suggestions: Suggestion[];
  picked: string[];
  /** At most this many; with one, picking closes the list. */
  most: number;
  least: number;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string | undefined;
  /** Called when the list closes with other picks than it opened with. */
  onChange(values: string[]): void;
}

const filterFrom = 8;

export function Select(props: SelectProps) {
  const { label, placeholder, suggestions, picked, most, least } = props;
  const [draft, setDraft] = useState<string[] | null>(null);
  const [filter, setFilter] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const open = draft !== null;
  const shown = suggestions.filter(({ label: name, detail = '' }) =>
    `${name} ${detail}`.toLowerCase().includes(filter.toLowerCase()),
  );
  const { highlighted, setHighlighted, handleKey } = useHighlight(shown.length, 0, `${open}${filter}`);

  const close = (values = draft ?? picked) => {
    setDraft(null);
    setFilter('');
    button.current?.focus();
    const isChanged = values.join() !== picked.join();
    if (isChanged && (values.length >= least || values.length === 0)) props.onChange(values);
  };
  const pick = (index: number) => {
    const value = shown[index] ? String(shown[index].value) : null;
    if (value === null || draft === null) return;
    if (most === 1) return close(draft.includes(value) && least === 0 ? [] : [value]);
    if (draft.includes(value)) setDraft(draft.filter((other) => other !== value));
    else if (draft.length < most) setDraft([...draft, value]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      return setDraft(picked);
    }
    if (handleKey(event)) return;
    const picksHere = event.key === 'Enter' || (event.key === ' ' && suggestions.length < filterFrom);
    if (picksHere) {
      event.preventDefault();
      pick(highlighted);
    } else if (event.key === 'Tab') close();
  };

  const names = picked.flatMap((value) => suggestions.filter((suggestion) => String(suggestion.value) === value));
  return (
    <div class="select">
      <button
        ref={button}
        type="button"
        class="select-button"
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-haspopup="listbox"
        aria-controls={id}
        aria-invalid={props.invalid ?? false}
        aria-describedby={props.describedBy}
        aria-activedescendant={open ? optionId(id, highlighted) : undefined}
        disabled={props.disabled}
        onClick={() => (open ? close() : setDraft(picked))}
        onKeyDown={onKeyDown}
      >
        <span class={names.length > 0 ? 'select-picked' : 'select-placeholder'} dir="auto">
          {names.map((name) => name.label).join(', ') || placeholder}
        </span>
        <Icon name="down" />
      </button>
      {open && button.current && (
        <Overlay anchor={button.current} matchWidth class="select-list" onClose={() => close()}>
          {suggestions.length >= filterFrom && (
            <input
              class="filter"
              aria-label={`Search in ${label}`}
              placeholder="Search"
              value={filter}
              autofocus
              onInput={(event) => setFilter(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
          )}
          <Listbox
            id={id}
            label={label}
            multiple={most > 1}
            items={shown.map((suggestion) => ({
              key: suggestion.key,
              selected: draft.includes(String(suggestion.value)),
              content: <SuggestionLine suggestion={suggestion} checked={draft.includes(String(suggestion.value))} />,
            }))}
            highlighted={highlighted}
            onHighlight={setHighlighted}
            onPick={pick}
          />
          {shown.length === 0 && <p class="list-empty">Nothing fits “{filter}”.</p>}
          {most > 1 && (
            <div class="select-foot">
              <span>
                {draft.length} of up to {most} chosen
              </span>
              <button type="button" class="button primary small" onClick={() => close()}>
                Done
              </button>
            </div>
          )}
        </Overlay>
      )}
    </div>
  );
}
