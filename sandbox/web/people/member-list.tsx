/** Who is in the guild, grouped under the highest role that is shown separately. */
import type { APIUser } from 'discord-api-types/v10';
import { displayName, nameStyle, rolesOf } from '../selectors.ts';
import { useWorld } from '../session.tsx';
import type { World } from '../state.ts';
import { Avatar } from './avatar.tsx';
import { UserHandle } from './user-handle.tsx';

interface Group {
  name: string;
  users: APIUser[];
}

export function MemberList() {
  const world = useWorld();
  return (
    <section class="members" aria-label="Members">
      {groupsOf(world).map(({ name, users }) => (
        <div key={name}>
          <h3>
            {name} <span class="quiet">{users.length}</span>
          </h3>
          {users.map(({ id, bot }) => (
            <UserHandle key={id} userId={id} class="member">
              <Avatar userId={id} size="small" />
              <span class="name" dir="auto" style={nameStyle(world, id)}>
                {displayName(world, id)}
              </span>
              {bot && <span class="tag">App</span>}
              {bot && !world.botOnline && <span class="quiet">offline</span>}
            </UserHandle>
          ))}
        </div>
      ))}
    </section>
  );
}

function groupsOf(world: World): Group[] {
  const groups = new Map<string, Group & { position: number }>();
  for (const userId of Object.keys(world.members)) {
    const user = world.users[userId];
    const role = rolesOf(world, userId).find(({ hoist }) => hoist);
    const group = groups.get(role?.id ?? '') ?? {
      name: role?.name ?? 'Members',
      position: role?.position ?? -1,
      users: [],
    };
    if (user) group.users.push(user);
    groups.set(role?.id ?? '', group);
  }
  const byName = (one: APIUser, other: APIUser) =>
    displayName(world, one.id).localeCompare(displayName(world, other.id));
  return [...groups.values()]
    .toSorted((one, other) => other.position - one.position)
    .map(({ name, users }) => ({ name, users: users.toSorted(byName) }));
}
