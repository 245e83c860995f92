/** Plain text, with completion of commands after a slash at its beginning and of people after an `@`. */
import type { APIChannel } from 'discord-api-types/v10';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { optionId, useHighlight } from '../menus/listbox.tsx';
import { channelLabel } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { commandNamed, matchCommands, type TypedCommand } from './commands.ts';
import { SuggestionPanel } from './suggestion-panel.tsx';
import { type Suggestion, suggestUsers } from './suggestions.ts';

interface TextLineProps {
  channel: APIChannel;
  commands: TypedCommand[];
  text: string;
  /** One was writing here a moment ago. Otherwise the caret comes with a click or the first letter, and digits are the dock's keys. */
  goesOn: boolean;
  onChange(text: string): void;
  onCommand(command: TypedCommand): void;
}

export function TextLine({ channel, commands, text, goesOn, onChange, onCommand }: TextLineProps) {
  const session = useSession();
  const world = useWorld();
  const field = useRef<HTMLTextAreaElement>(null);
  const mentions = useRef(new Map<string, string>());
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const listId = useId();
  const mention = /(?:^|\s)@([^\s@]*)$/.exec(text)?.[1];

  useLayoutEffect(() => {
    if (goesOn) field.current?.focus();
  }, []);

  const found = useMemo(() => {
    if (text.startsWith('/') && !text.includes('\n')) return matchCommands(commands, text.slice(1)).slice(0, 40);
    return [];
  }, [commands, text]);
  const suggestions: Suggestion[] = useMemo(() => {
    if (found.length > 0) {
      return found.map(({ name, description }) => ({ key: name, label: `/${name}`, detail: description, value: name }));
    }
    return mention === undefined ? [] : suggestUsers(world, mention).slice(0, 8);
  }, [found, mention]);
  const isOpen = suggestions.length > 0 && closedFor !== text;
  const { highlighted, setHighlighted, handleKey } = useHighlight(isOpen ? suggestions.length : 0, 0, text);

  const pick = (index: number) => {
    const command = found[index];
    if (command) return onCommand(command);
    const person = suggestions[index];
    if (!person || mention === undefined) return;
    mentions.current.set(person.label, String(person.value));
    onChange(`${text.slice(0, text.length - mention.length)}${person.label} `);
  };
  const send = () => {
    const content = withMentions(text.trim(), mentions.current);
    if (content === '') return;
    session.send({ type: 'send_message', channelId: channel.id, content });
    mentions.current.clear();
    onChange('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || handleKey(event)) return;
    const accepts = isOpen && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey;
    if (accepts) pick(highlighted);
    else if (event.key === 'Enter' && !event.shiftKey) send();
    else if (event.key === 'Escape' && isOpen) setClosedFor(text);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onInput = (typed: string) => {
    const command = commandNamed(commands, typed);
    if (command) onCommand(command);
    else onChange(typed);
  };

  const label = `Message ${channelLabel(world, channel)}`;
  return (
    <>
      {isOpen && (
        <SuggestionPanel
          id={listId}
          title={found.length > 0 ? 'Commands' : 'People'}
          suggestions={suggestions}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onPick={pick}
        />
      )}
      <div class="composer-box">
        <button
          type="button"
          class="icon-button slash"
          aria-label="Use a command"
          title="Use a command"
          onClick={() => {
            onChange('/');
            setClosedFor(null);
            field.current?.focus();
          }}
        >
          /
        </button>
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen ? optionId(listId, highlighted) : undefined}
          placeholder={label}
          maxLength={2_000}
          value={text}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="icon-button send"
          aria-label="Send message"
          disabled={text.trim() === ''}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </>
  );
}

/** Names that were picked become mentions; text that only looks like one stays text. */
function withMentions(text: string, mentions: Map<string, string>): string {
  return [...mentions].reduce((result, [label, id]) => result.replaceAll(`@${label}`, `<@${id}>`), text);
}
