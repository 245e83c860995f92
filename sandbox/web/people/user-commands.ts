import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import { findChannel } from '../selectors.ts';
import type { Session } from '../session.tsx';

/** The bot's commands on a user, as one may see them where one is. */
export function userCommands(session: Session): APIApplicationCommand[] {
  const { world } = session.state;
  const channel = world && session.channelId ? findChannel(world, session.channelId) : undefined;
  const commands = channel?.type === 1 ? world?.commands.dm : world?.commands.guild;
  return (commands ?? []).filter(({ type }) => type === ApplicationCommandType.User);
}

export function runUserCommand(session: Session, command: APIApplicationCommand, targetId: string): void {
  const { channelId } = session;
  if (!channelId) return;
  session.interact(
    { type: 'context_command', channelId, commandId: command.id, targetId },
    { channelId, label: command.name },
  );
}
