/** A command being typed: its name, one pill for each open option, and the end of the line where further ones are found. */
import type { APIChannel } from 'discord-api-types/v10';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { optionId, useHighlight } from '../menus/listbox.tsx';
import { useWorld } from '../session.tsx';
import {
  type CommandDraft,
  closeOption,
  furtherOptions,
  moveFocus,
  openFurther,
  openOption,
  optionOf,
  pickForOption,
  problemOf,
  textFor,
  typeInOption,
} from './draft.ts';
import { OptionField } from './option-field.tsx';
import { SuggestionPanel } from './suggestion-panel.tsx';
import { type Suggestion, suggest } from './suggestions.ts';
import { useChoices } from './use-choices.ts';

interface CommandLineProps {
  channel: APIChannel;
  draft: CommandDraft;
  onChange(draft: CommandDraft): void;
  onSend(draft: CommandDraft): void;
  /** The person went back to plain text, which is given. */
  onCancel(text: string): void;
}

export function CommandLine({ channel, draft, onChange, onSend, onCancel }: CommandLineProps) {
  const world = useWorld();
  const line = useRef<HTMLFieldSetElement>(null);
  const listId = useId();
  const [isClosed, setIsClosed] = useState(false);
  const [triedToSend, setTriedToSend] = useState(false);
  const option = optionOf(draft, draft.focus);
  const filled = draft.options.find(({ name }) => name === draft.focus);
  const { choices, isLoading } = useChoices(channel.id, draft);
  const further = furtherOptions(draft);

  const suggestions: Suggestion[] = option
    ? suggest(world, option, filled?.picked === null ? filled.text : '', choices)
    : further.map(({ name, description, required }) => ({
        key: name,
        label: [name, textFor(draft, name)].filter(Boolean).join(': '),
        detail: required ? `${description} (required)` : description,
        value: name,
      }));
  // At the end of the line Enter sends, so nothing is highlighted there before somebody types or presses an arrow.
  const initial = option || draft.tail !== '' ? 0 : -1;
  const count = isClosed ? 0 : suggestions.length;
  const { highlighted, setHighlighted, handleKey } = useHighlight(
    count,
    initial,
    `${draft.focus}/${filled?.text}/${draft.tail}`,
  );
  const problem = triedToSend ? problemOf(draft) : null;

  useLayoutEffect(() => {
    setIsClosed(false);
    const focused = draft.focus === null ? '[data-tail]' : `[data-option="${CSS.escape(draft.focus)}"]`;
    line.current?.querySelector<HTMLElement>(focused)?.focus();
  }, [draft.focus, draft.command.name]);

  const pick = (index: number) => {
    const suggestion = suggestions[index];
    if (!suggestion) return;
    if (!option) return onChange(openFurther(draft, String(suggestion.value)));
    onChange(pickForOption(draft, { name: option.name, text: suggestion.label, picked: suggestion.value }));
  };
  const send = () => {
    const wrong = problemOf(draft);
    setTriedToSend(true);
    if (wrong) onChange(openOption(draft, wrong.option));
    else onSend(draft);
  };
  const accepts = () => count > 0 && highlighted >= 0 && (filled?.picked ?? null) === null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || handleKey(event)) return;
    const isEmpty = option ? filled?.text === '' : draft.tail === '';
    if (event.key === 'Enter') accepts() ? pick(highlighted) : send();
    else if (event.key === 'Tab' && event.shiftKey) onChange(moveFocus(draft, -1));
    else if (event.key === 'Tab') {
      if (accepts()) pick(highlighted);
      else if (!option && count > 0) pick(0);
      else onChange(moveFocus(draft, 1));
    } else if (event.key === 'Escape') count > 0 ? setIsClosed(true) : onCancel('');
    else if (event.key === 'Backspace' && isEmpty) stepBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const stepBack = () => {
    const last = draft.options.at(-1);
    if (option && !option.required) onChange(closeOption(draft, option.name));
    else if (!option && last) onChange({ ...draft, focus: last.name });
    else if (!last) onCancel(`/${draft.command.name}`);
  };

  const openListId = count > 0 ? listId : undefined;
  const activeId = count > 0 && highlighted >= 0 ? optionId(listId, highlighted) : undefined;
  const note = problem?.option === draft.focus ? problem?.message : isLoading ? 'Loading…' : option?.description;
  const title = option ? option.name : further.length > 0 ? 'Options' : 'Press Enter to send';
  return (
    <>
      {!isClosed && (
        <SuggestionPanel
          id={listId}
          title={title}
          note={note}
          suggestions={suggestions}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onPick={pick}
        />
      )}
      <fieldset ref={line} class="composer-box command-line" aria-label={`Command /${draft.command.name}`}>
        <span class="command-name">/{draft.command.name}</span>
        {draft.options.map((open) => (
          <OptionField
            key={open.name}
            option={open}
            type={optionOf(draft, open.name)?.type}
            isFocused={draft.focus === open.name}
            isInvalid={problem?.option === open.name}
            listId={openListId}
            activeId={activeId}
            onFocus={() => draft.focus !== open.name && onChange({ ...draft, focus: open.name })}
            onType={(text) => onChange(typeInOption(draft, open.name, text))}
            onFile={(picked) => onChange(pickForOption(draft, picked))}
            onKeyDown={onKeyDown}
          />
        ))}
        <input
          class="command-tail"
          role="combobox"
          aria-label="More options"
          aria-expanded={count > 0}
          aria-controls={openListId}
          aria-activedescendant={draft.focus === null ? activeId : undefined}
          autocomplete="off"
          data-tail
          value={draft.tail}
          placeholder={further.length > 0 ? `+${further.length} optional` : ''}
          onFocus={() => draft.focus !== null && onChange({ ...draft, focus: null })}
          onInput={(event) => onTail(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="icon-button send" aria-label="Send command" onClick={send}>
          <Icon name="send" />
        </button>
      </fieldset>
    </>
  );

  /** Typing an option's name and a colon opens it, as one who knows the command does. */
  function onTail(typed: string) {
    const named = typed.trim().endsWith(':') ? optionOf(draft, typed.trim().slice(0, -1)) : undefined;
    onChange(named ? openOption(draft, named.name) : { ...draft, tail: typed });
  }
}
