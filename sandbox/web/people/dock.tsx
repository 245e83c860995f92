/** The sample people: press a face, or its key, to be that person. */

import { firstName } from '../selectors.ts';
import { useStage } from '../stage.ts';
import type { World } from '../state.ts';
import { Face } from './avatar.tsx';

export function Dock({ world }: { world: World }) {
  const stage = useStage();
  return (
    <nav class="dock" aria-label="Sample people">
      <span class="dock-title">You are</span>
      {world.people.map(({ user, about, key }) => {
        const name = firstName(user);
        const isMe = user.id === world.me.id;
        return (
          <button
            key={user.id}
            type="button"
            class="dock-person"
            aria-pressed={isMe}
            aria-label={`Become ${name}`}
            aria-keyshortcuts={key}
            title={`${user.global_name ?? user.username} — ${about} (key ${key})`}
            onClick={() => stage.become(user.id)}
          >
            <span class="dock-face">
              <Face name={user.global_name ?? user.username} seed={user.id} bot={false} size="medium" />
              <kbd>{key}</kbd>
            </span>
            <span class="dock-name" dir="auto">
              {name}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
