import { refusal } from '../errors.ts';
import type { State } from '../state.ts';
import { ok, type Route, route } from './router.ts';

/** The bot about itself, other users, and opening a direct conversation. */
export function userRoutes(state: State): Route[] {
  return [
    route('GET', '/users/@me', () => ok(state.describeBot())),
    route('GET', '/users/@me/guilds', () =>
      ok([{ id: state.guild.id, name: state.guild.name, icon: null, owner: false }]),
    ),
    route('GET', '/users/:userId', ({ params }) => {
      const user = state.users.get(params.userId);
      if (user === undefined) throw refusal('unknownUser');
      return ok(user);
    }),
    route(
      'POST',
      '/users/@me/channels',
      ({ body }) => {
        const { recipient_id: userId } = body as { recipient_id: string };
        const user = state.users.get(userId);
        if (user === undefined) throw refusal('unknownUser');
        if (user.bot) throw refusal('closedDm');
        const channel = state.directChannelOf(userId, state.botId);
        return ok(state.describeChannel(channel.id, state.botId));
      },
      { bodyKind: 'directChannel' },
    ),
  ];
}
