import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import type { CommandScope } from '../commands.ts';
import { refusal } from '../errors.ts';
import type { State } from '../state.ts';
import type { CommandRules } from '../strict/command-rules.ts';
import { created, noContent, ok, type RestRequest, type Route, route } from './router.ts';

const GLOBAL = '/applications/:applicationId/commands';
const GUILD = '/applications/:applicationId/guilds/:guildId/commands';

/** The application about itself, and the registration of its commands. */
export function applicationRoutes(state: State, rules: CommandRules): Route[] {
  return [
    route('GET', '/applications/@me', () => ok(describeApplication(state))),
    route('GET', '/oauth2/applications/@me', () => ok(describeApplication(state))),
    ...commandRoutes(GLOBAL, 'global', state, rules),
    ...commandRoutes(GUILD, 'guild', state, rules),
  ];
}

/** The same five things for global commands and for a guild's. */
function commandRoutes(
  path: typeof GLOBAL | typeof GUILD,
  scope: CommandScope,
  state: State,
  rules: CommandRules,
): Route[] {
  const assertPlace = ({ params }: RestRequest): void => {
    if (params.applicationId !== state.application.id) throw refusal('unknownApplication');
    if (scope === 'guild' && params.guildId !== state.guild.id) throw refusal('missingAccess');
  };
  const find = ({ params }: RestRequest): APIApplicationCommand => {
    const command = state.commands.get(scope, params.commandId ?? '');
    if (command === undefined) throw refusal('unknownCommand');
    return command;
  };
  const one: `${typeof path}/:commandId` = `${path}/:commandId`;
  return [
    route('GET', path, (request) => {
      assertPlace(request);
      return ok(state.commands.in(scope));
    }),
    route(
      'PUT',
      path,
      (request) => {
        assertPlace(request);
        const bodies = request.body as RESTPostAPIApplicationCommandsJSONBody[];
        rules.replaceAll(bodies);
        return ok(state.commands.replaceAll(scope, bodies));
      },
      { bodyKind: 'commands' },
    ),
    route(
      'POST',
      path,
      (request) => {
        assertPlace(request);
        const body = request.body as RESTPostAPIApplicationCommandsJSONBody;
        rules.create(body, state.commands.in(scope));
        const { command, created: isNew } = state.commands.put(scope, body);
        return isNew ? created(command) : ok(command);
      },
      { bodyKind: 'command' },
    ),
    route('GET', one, (request) => {
      assertPlace(request);
      return ok(find(request));
    }),
    route(
      'PATCH',
      one,
      (request) => {
        assertPlace(request);
        const command = find(request);
        const body = request.body as Partial<RESTPostAPIApplicationCommandsJSONBody>;
        rules.patch(command, body);
        return ok(state.commands.patch(command, body));
      },
      { bodyKind: 'commandPatch' },
    ),
    route('DELETE', one, (request) => {
      assertPlace(request);
      state.commands.delete(find(request).id);
      return noContent();
    }),
  ];
}

function describeApplication({ application, guild, users }: State): object {
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    bot: application.bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    flags_new: '0',
    explicit_content_filter: 0,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
    integration_types_config: { '0': {} },
    owner: users.get(guild.ownerId),
    team: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
  };
}
