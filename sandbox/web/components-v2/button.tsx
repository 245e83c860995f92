/** A bot's button: pressed once, it waits with dots until the bot has answered. */
import { type APIButtonComponent, type APIMessage, ButtonStyle } from 'discord-api-types/v10';
import { Icon } from '../icons.tsx';
import { useSession } from '../session.tsx';

const styleClass: Record<ButtonStyle, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: '',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: '',
  [ButtonStyle.Premium]: 'primary',
};

export function Button({ message, button }: { message: APIMessage; button: APIButtonComponent }) {
  const session = useSession();
  if (button.style === ButtonStyle.Premium) return null;
  const emoji = button.emoji && !button.emoji.id ? button.emoji.name : undefined;
  const label = button.label ?? '';
  if (button.style === ButtonStyle.Link) {
    return (
      <a class="button" href={webAddress(button.url)} target="_blank" rel="noreferrer noopener">
        {emoji && <span class="emoji">{emoji}</span>}
        {label}
        <Icon name="link" />
      </a>
    );
  }
  const { custom_id: customId } = button;
  const { channel_id: channelId, id: messageId } = message;
  const isWaiting = session.state.interactions.some(
    ({ state, component }) => state === 'sent' && component?.messageId === messageId && component.customId === customId,
  );
  const press = () => {
    if (isWaiting) return;
    const about = { channelId, label, component: { messageId, customId } };
    session.interact({ type: 'press', channelId, messageId, customId }, about);
  };
  return (
    <button
      type="button"
      class={`button ${styleClass[button.style]} ${isWaiting ? 'waiting' : ''}`}
      disabled={button.disabled}
      aria-busy={isWaiting}
      aria-label={label === '' ? emoji : undefined}
      onClick={press}
    >
      {emoji && <span class="emoji">{emoji}</span>}
      {label && <span dir="auto">{label}</span>}
    </button>
  );
}

/** Only web addresses are followed; anything else leads back to this page. */
function webAddress(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}
