/** A person on Discord who acts. Their roles are those in the home guild, as Discord sent them with the interaction. */
export interface MemberActor {
  readonly kind: 'member';
  readonly userId: string;
  readonly roleIds: readonly string[];
}

/** The bot itself, for what no person asked for at this moment (a timer, settlement). */
export interface SystemActor {
  readonly kind: 'system';
  readonly name: string;
}

export type Actor = MemberActor | SystemActor;

/** Text that names an actor in stored rows. */
export function actorId(actor: Actor): string {
  return actor.kind === 'member' ? actor.userId : `system:${actor.name}`;
}
