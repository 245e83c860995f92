/** Where one writes: plain text, or a command with its options. */
import type { APIChannel } from 'discord-api-types/v10';
import { useMemo, useState } from 'preact/hooks';
import { useSession, useWorld } from '../session.tsx';
import { CommandLine } from './command-line.tsx';
import { type TypedCommand, typedCommands } from './commands.ts';
import { beginCommand, type CommandDraft, typedOptions } from './draft.ts';
import { TextLine } from './text-line.tsx';

/** Text begun in a channel and left there, kept while the page is open. */
const unsent = new Map<string, string>();

export function Composer({ channel }: { channel: APIChannel }) {
  const session = useSession();
  const world = useWorld();
  const draftKey = `${world.me.id}/${channel.id}`;
  const [text, setText] = useState(unsent.get(draftKey) ?? '');
  const [draft, setDraft] = useState<CommandDraft | null>(null);
  const [goesOn, setGoesOn] = useState(false);
  const available = channel.type === 1 ? world.commands.dm : world.commands.guild;
  const commands = useMemo(() => typedCommands(available), [available]);

  const changeText = (changed: string) => {
    setText(changed);
    unsent.set(draftKey, changed);
  };
  const begin = (command: TypedCommand) => {
    changeText('');
    setDraft(beginCommand(command));
  };
  const sendCommand = (finished: CommandDraft) => {
    const { commandId, path, name } = finished.command;
    const files = finished.options.flatMap(({ file }) => file ?? []);
    session.interact(
      {
        type: 'command',
        channelId: channel.id,
        commandId,
        path,
        options: typedOptions(finished),
        ...(files.length > 0 ? { files } : {}),
      },
      { channelId: channel.id, label: `/${name}` },
    );
    setDraft(null);
    setGoesOn(false);
  };

  return (
    <div class="composer">
      {draft ? (
        <CommandLine
          channel={channel}
          draft={draft}
          onChange={setDraft}
          onSend={sendCommand}
          onCancel={(left) => {
            setDraft(null);
            setGoesOn(true);
            changeText(left);
          }}
        />
      ) : (
        <TextLine
          channel={channel}
          commands={commands}
          text={text}
          goesOn={goesOn}
          onChange={changeText}
          onCommand={begin}
        />
      )}
    </div>
  );
}
