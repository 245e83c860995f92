/** Asks the bot for the choices of the option being typed, a moment after the last key. */
import type { APIApplicationCommandOptionChoice, APIChannel } from 'discord-api-types/v10';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useSession } from '../session.tsx';
import { type CommandDraft, optionOf, typedOptions } from './draft.ts';

const pauseMs = 150;

interface Choices {
  choices: APIApplicationCommandOptionChoice[] | null;
  isLoading: boolean;
}

export function useChoices(channelId: APIChannel['id'], draft: CommandDraft): Choices {
  const session = useSession();
  const [asked, setAsked] = useState<{ nonce: string; option: string } | null>(null);
  const latest = useRef(session);
  latest.current = session;
  const option = optionOf(draft, draft.focus);
  const completes = option !== undefined && 'autocomplete' in option && option.autocomplete === true;
  const filled = draft.options.find(({ name }) => name === draft.focus);
  const isTyping = completes && filled?.picked === null;

  useEffect(() => {
    if (!isTyping || !option) return;
    const timer = setTimeout(() => {
      const { commandId, path } = draft.command;
      const options = typedOptions(draft, option.name);
      const nonce = latest.current.interact(
        { type: 'autocomplete', channelId, commandId, path, options },
        { channelId, label: `/${draft.command.name}`, quiet: true },
      );
      setAsked({ nonce, option: option.name });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [channelId, draft.command.name, option?.name, filled?.text, isTyping]);

  const { choices } = session.state;
  const isMine = asked !== null && asked.option === draft.focus;
  const isWaiting = session.state.interactions.some(({ nonce }) => nonce === asked?.nonce);
  const shown = isMine && choices?.nonce === asked.nonce ? choices.choices : null;
  return { choices: completes ? shown : null, isLoading: isTyping && (!isMine || isWaiting) };
}
