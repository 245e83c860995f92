/** The Pterodactyl behind CtrlPanel.gg, asked with a key of Steward's own, for what CtrlPanel.gg cannot do itself. */
import { z } from 'zod';
import { createHttpClient, type HttpAnswer, type HttpRequest, path } from '../http/client.ts';
import { type Call, PanelError } from '../panel.ts';
import type { ClientOptions } from './client.ts';

export interface Pterodactyl {
  /** Empties the external id 0, which CtrlPanel.gg gives to each account that its API creates, though it can be had once. Doing it again does no harm. */
  freeExternalId(call: Call): Promise<void>;
  /** Whether it has this user. */
  hasUser(userId: string, call: Call): Promise<boolean>;
  /** Whether this user is there, and administers it. */
  isAdministrator(userId: string, call: Call): Promise<boolean>;
  /** What is wrong with our key, for its operator; null where nothing is. */
  fault(call: Call): Promise<string | null>;
}

const user = z.object({
  attributes: z.object({
    id: z.number(),
    external_id: z.string().nullable(),
    username: z.string(),
    email: z.string(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    root_admin: z.boolean().optional(),
  }),
});

const EXTERNAL_ID = '0';

const absent = z.object({
  errors: z.tuple([z.object({ code: z.literal('NotFoundHttpException'), detail: z.string() })], z.unknown()),
});

/** There is no such user. Whatever else answers with 404 is no Pterodactyl, or not where it is looked for. */
function isAbsent({ status, json }: HttpAnswer): boolean {
  const said = status === 404 ? absent.safeParse(json).data : undefined;
  return said !== undefined && !/^The route .* could not be found/.test(said.errors[0].detail);
}

export function createPterodactyl({ token, baseUrl, ...options }: ClientOptions): Pterodactyl {
  const headers = () => ({ accept: 'application/json', authorization: `Bearer ${token}` });
  const http = createHttpClient({ ...options, baseUrl: `${baseUrl}/api/application`, headers });

  function failureOf({ status }: HttpAnswer, what: string): PanelError {
    const refused = status === 401 || status === 403;
    const kind = refused ? 'forbidden' : status === 429 ? 'rate_limited' : 'malformed';
    const detail = refused ? KEY_REFUSED : status === 429 ? null : 'Pterodactyl does not answer Steward as it should.';
    return new PanelError(kind, 'none', `Pterodactyl answered ${what} with ${status}`, { detail });
  }

  /** It is not CtrlPanel.gg that is silent then, and no account was changed there. */
  async function send(call: Call, request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await http.send(call, request);
    } catch (error) {
      if (!(error instanceof PanelError) || call.signal.aborted || error.kind === 'rate_limited') throw error;
      throw new PanelError('malformed', 'none', error.message, { detail: SILENT, cause: error });
    }
  }

  async function read(call: Call, at: string) {
    const answer = await send(call, { method: 'GET', path: at });
    if (isAbsent(answer)) return null;
    const found = answer.status === 200 ? user.safeParse(answer.json) : null;
    if (!found?.success) throw failureOf(answer, 'for a user');
    return found.data.attributes;
  }
  const holder = (call: Call) => read(call, path`/users/external/${EXTERNAL_ID}`);
  const find = (userId: string, call: Call) => read(call, path`/users/${userId}`);

  return {
    async freeExternalId(call) {
      const found = await holder(call);
      if (found?.external_id !== EXTERNAL_ID) return;
      const { id, username, email, first_name, last_name } = found;
      // All of these are wanted each time; what is left out stays. Pelican knows no first and last names.
      const names = {
        ...(first_name === undefined ? {} : { first_name: first_name ?? username }),
        ...(last_name === undefined ? {} : { last_name: last_name ?? username }),
      };
      const body = { username, email, ...names, external_id: null };
      const answer = await send(call, { method: 'PATCH', path: path`/users/${String(id)}`, body });
      if (answer.status !== 200) throw failureOf(answer, 'to empty the external id');
    },
    hasUser: async (userId, call) => (await find(userId, call)) !== null,
    isAdministrator: async (userId, call) => (await find(userId, call))?.root_admin === true,
    async fault(call) {
      try {
        await holder(call);
        return null;
      } catch (error) {
        if (!(error instanceof PanelError) || call.signal.aborted) throw error;
        return error.detail ?? SILENT;
      }
    },
  };
}

const SILENT = 'Pterodactyl does not answer Steward.';
const KEY_REFUSED = 'Pterodactyl refuses Steward’s key, which needs the right to read and write users.';
