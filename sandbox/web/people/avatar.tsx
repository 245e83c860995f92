/** A person's face, drawn from the name. The ones of bots are squarer, so that they are told apart at a glance. */
import { displayName } from '../selectors.ts';
import { useWorld } from '../session.tsx';
import { avatarLook } from './avatar-colours.ts';

export type AvatarSize = 'small' | 'medium' | 'large';

export function Avatar({ userId, size = 'medium' }: { userId: string; size?: AvatarSize }) {
  const world = useWorld();
  return <Face name={displayName(world, userId)} seed={userId} bot={world.users[userId]?.bot ?? false} size={size} />;
}

interface FaceProps {
  name: string;
  seed: string;
  bot: boolean;
  size: AvatarSize;
}

export function Face({ name, seed, bot, size }: FaceProps) {
  const { initials, hues } = avatarLook(name, seed);
  const shape = bot ? 'avatar-bot' : '';
  return (
    <span class={`avatar avatar-${size} ${shape}`} style={{ '--from': hues[0], '--to': hues[1] }} aria-hidden="true">
      {initials}
    </span>
  );
}
