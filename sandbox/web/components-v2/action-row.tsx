/** A row of buttons or one select. */
import {
  type APIComponentInMessageActionRow,
  type APIMessage,
  type APISelectMenuComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { useEffect, useState } from 'preact/hooks';
import { initialPicks } from '../forms/form-values.ts';
import { Select } from '../menus/select.tsx';
import { useSession, useWorld } from '../session.tsx';
import { Button } from './button.tsx';
import { selectSuggestions } from './select-suggestions.ts';

export function ActionRow({
  message,
  components,
}: {
  message: APIMessage;
  components: APIComponentInMessageActionRow[];
}) {
  return (
    <div class="action-row">
      {components.map((component) =>
        component.type === ComponentType.Button ? (
          <Button
            key={'custom_id' in component ? component.custom_id : component.id}
            message={message}
            button={component}
          />
        ) : (
          <MessageSelect key={component.custom_id} message={message} select={component} />
        ),
      )}
    </div>
  );
}

function MessageSelect({ message, select }: { message: APIMessage; select: APISelectMenuComponent }) {
  const session = useSession();
  const world = useWorld();
  const [picked, setPicked] = useState(() => initialPicks(select));
  // A bot that edits its message says anew what is picked.
  useEffect(() => setPicked(initialPicks(select)), [select]);
  const { custom_id: customId, placeholder = 'Make a selection' } = select;
  const isWaiting = session.state.interactions.some(
    ({ state, component }) =>
      state === 'sent' && component?.messageId === message.id && component.customId === customId,
  );
  const send = (values: string[]) => {
    setPicked(values);
    const { channel_id: channelId, id: messageId } = message;
    const component = { messageId, customId };
    session.interact(
      { type: 'select', channelId, messageId, customId, values },
      { channelId, label: placeholder, component },
    );
  };
  return (
    <Select
      label={placeholder}
      placeholder={placeholder}
      suggestions={selectSuggestions(world, select)}
      picked={picked}
      least={select.min_values ?? 1}
      most={select.max_values ?? 1}
      disabled={(select.disabled ?? false) || isWaiting}
      onChange={send}
    />
  );
}
