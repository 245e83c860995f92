/** Commands on their way, and those that no one answered: seen only by the person who sent them. */
import { Icon } from '../icons.tsx';
import { Avatar } from '../people/avatar.tsx';
import { botOf, displayName } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { UsedCommand } from './message-header.tsx';

interface SentCommandsProps {
  channelId: string;
  /** Only those sent when this message was the newest. */
  afterMessageId: string | undefined;
}

export function SentCommands({ channelId, afterMessageId }: SentCommandsProps) {
  const session = useSession();
  const world = useWorld();
  const bot = botOf(world);
  const shown = session.state.interactions.filter(
    (sent) => sent.channelId === channelId && sent.afterMessageId === afterMessageId && !sent.quiet && !sent.component,
  );
  return (
    <>
      {shown.map(({ nonce, label, state, failure }) => (
        <article key={nonce} class="message message-first message-ephemeral">
          <UsedCommand userId={world.me.id} label={label} />
          <span class="message-avatar">{bot && <Avatar userId={bot.id} />}</span>
          <div class="message-body">
            <header class="message-author">
              <span class="name">{bot ? displayName(world, bot.id) : 'The app'}</span>
              <span class="tag">App</span>
            </header>
            {state === 'sent' ? (
              <p class="quiet" role="status">
                Sending…
              </p>
            ) : (
              <>
                <p class="failure" role="alert">
                  {failure}
                </p>
                <p class="ephemeral-foot">
                  <Icon name="eye" />
                  Only you can see this ·{' '}
                  <button type="button" class="text-button" onClick={() => session.dismissFailure(nonce)}>
                    Dismiss message
                  </button>
                </p>
              </>
            )}
          </div>
        </article>
      ))}
    </>
  );
}
