/** One line of a list to choose from: a face or a dot, the name, what it is, and a tick when chosen. */
import type { Suggestion } from '../composer/suggestions.ts';
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';

export function SuggestionLine({ suggestion, checked }: { suggestion: Suggestion; checked?: boolean }) {
  const { label, detail, userId, colour, emoji } = suggestion;
  return (
    <>
      {userId && <Avatar userId={userId} size="small" />}
      {colour && <span class="dot" style={{ color: colour }} />}
      {emoji && <span class="emoji">{emoji}</span>}
      <span class="line-text">
        <span class="line-label" dir="auto">
          {label}
        </span>
        {detail && (
          <span class="line-detail" dir="auto">
            {detail}
          </span>
        )}
      </span>
      {checked && <Icon name="check" />}
    </>
  );
}
