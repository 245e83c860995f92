/** The pill of one open option: its name and the field in which its value is typed or picked. */
import { ApplicationCommandOptionType as OptionType } from 'discord-api-types/v10';
import { useId } from 'preact/hooks';
import { readPickedFile } from '../forms/picked-file.ts';
import type { OptionDraft } from './draft.ts';

interface OptionFieldProps {
  option: OptionDraft;
  type: OptionType | undefined;
  isFocused: boolean;
  isInvalid: boolean;
  /** The list that the field steers, while it is open. */
  listId: string | undefined;
  activeId: string | undefined;
  onFocus(): void;
  onType(text: string): void;
  onFile(option: OptionDraft): void;
  onKeyDown(event: KeyboardEvent): void;
}

export function OptionField(props: OptionFieldProps) {
  const { option, isFocused, isInvalid, onKeyDown } = props;
  const { name, text } = option;
  const id = useId();
  const shared = { id, 'aria-label': name, 'aria-invalid': isInvalid, 'data-option': name, onKeyDown };
  return (
    <span class={`option-pill ${isInvalid ? 'invalid' : ''} ${isFocused ? 'focused' : ''}`}>
      <label class="option-name" for={id}>
        {name}
      </label>
      {props.type === OptionType.Attachment ? (
        <input
          {...shared}
          type="file"
          onChange={async (event) => {
            const picked = event.currentTarget.files?.[0];
            if (!picked) return;
            const file = await readPickedFile(picked);
            props.onFile({ name, text: file.name, picked: file.id, file });
          }}
        />
      ) : (
        <input
          {...shared}
          role="combobox"
          aria-expanded={props.listId !== undefined}
          aria-controls={props.listId}
          aria-activedescendant={isFocused ? props.activeId : undefined}
          autocomplete="off"
          dir="auto"
          size={Math.max(text.length, 3)}
          value={text}
          onFocus={props.onFocus}
          onInput={(event) => props.onType(event.currentTarget.value)}
        />
      )}
    </span>
  );
}
