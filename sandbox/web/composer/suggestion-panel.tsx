/** The list above the composer. */
import type { ComponentChildren } from 'preact';
import { Listbox } from '../menus/listbox.tsx';
import { SuggestionLine } from '../menus/suggestion-line.tsx';
import type { Suggestion } from './suggestions.ts';

interface SuggestionPanelProps {
  id: string;
  title: string;
  note?: ComponentChildren;
  suggestions: Suggestion[];
  highlighted: number;
  onHighlight(index: number): void;
  onPick(index: number): void;
}

export function SuggestionPanel(props: SuggestionPanelProps) {
  const { id, title, note, suggestions, highlighted, onHighlight, onPick } = props;
  return (
    <div class="suggestions">
      <h3>
        {title}
        {note && <span class="quiet">{note}</span>}
      </h3>
      {suggestions.length > 0 && (
        <Listbox
          id={id}
          label={title}
          items={suggestions.map((suggestion) => ({
            key: suggestion.key,
            content: <SuggestionLine suggestion={suggestion} />,
          }))}
          highlighted={highlighted}
          onHighlight={onHighlight}
          onPick={onPick}
        />
      )}
    </div>
  );
}
