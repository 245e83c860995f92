/** A person's card: who they are, their roles, and what the bot can do about them. */
import { Icon } from '../icons.tsx';
import { displayName, firstName, hexColour, nameStyle, rolesOf } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import { useStage } from '../stage.ts';
import { Avatar } from './avatar.tsx';
import { runUserCommand, userCommands } from './user-commands.ts';

interface ProfileProps {
  userId: string;
  onDone(): void;
  onMenu(anchor: HTMLElement): void;
}

export function Profile({ userId, onDone, onMenu }: ProfileProps) {
  const session = useSession();
  const world = useWorld();
  const stage = useStage();
  const user = world.users[userId];
  const name = displayName(world, userId);
  const person = world.people.find((sample) => sample.user.id === userId);
  const joined = world.members[userId]?.joined_at;
  const isMe = userId === world.me.id;
  const andClose = (run: () => void) => () => {
    onDone();
    run();
  };
  return (
    <div class="profile" role="dialog" aria-label={`Profile of ${name}`}>
      <header>
        <Avatar userId={userId} size="large" />
        <button type="button" class="icon-button" aria-label="More" onClick={(event) => onMenu(event.currentTarget)}>
          <Icon name="dots" />
        </button>
      </header>
      <h2 class="name" dir="auto" style={nameStyle(world, userId)}>
        {name} {user?.bot && <span class="tag">App</span>}
      </h2>
      <p class="quiet">{user?.username}</p>
      {person && <p>{person.about}</p>}
      <ul class="chips" aria-label="Roles">
        {rolesOf(world, userId).map((role) => (
          <li key={role.id} class="chip">
            <span class="dot" style={{ color: role.color === 0 ? 'currentcolor' : hexColour(role.color) }} />
            {role.name}
          </li>
        ))}
      </ul>
      {joined && (
        <p class="quiet">
          Member since {new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(joined))}
        </p>
      )}
      <div class="profile-actions">
        {!isMe && (
          <button type="button" class="button" onClick={andClose(() => session.openDm(userId))}>
            Message
          </button>
        )}
        {person && !isMe && (
          <button type="button" class="button" onClick={andClose(() => stage.become(userId))}>
            Become {firstName(person.user)}
          </button>
        )}
      </div>
      {!user?.bot && userCommands(session).length > 0 && (
        <section aria-label="Apps">
          <h3>Apps</h3>
          {userCommands(session).map((command) => (
            <button
              key={command.id}
              type="button"
              class="profile-command"
              onClick={andClose(() => runUserCommand(session, command, userId))}
            >
              {command.name}
              <Icon name="right" />
            </button>
          ))}
        </section>
      )}
    </div>
  );
}
