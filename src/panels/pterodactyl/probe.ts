import type { Call, Probe } from '../panel.ts';
import type { PterodactylClient } from './client.ts';
import { malformed } from './errors.ts';

/** Neither product says its version over this API; what can be told apart is which one it is. */
const VERSIONS = { Pterodactyl: '1.x', Pelican: '1.0 or its betas' } as const;

/** Asks for what every other read needs. What a key may write is only found out by writing. */
export async function probePanel(
  client: PterodactylClient,
  { token, keyOwnerId }: { readonly token: string; readonly keyOwnerId: string | null },
  call: Call,
): Promise<Probe> {
  const { users } = await client.users({ number: 1, size: 1, whole: true }, call);
  const [user] = users;
  const product = client.product();
  // Whoever made the key is one of them.
  if (!user) throw malformed({ what: 'GET /users', writes: false, product }, 'there is nobody');
  const warnings: string[] = [];
  if (user.servers === null)
    warnings.push(
      'The key may not read servers: they are not counted, shown or suspended. Give it the right to read and write servers.',
    );
  if (product === 'Pelican' && user.roles === null)
    warnings.push(
      'The key may not read roles: whoever administers a part of the panel is not known as such. Give it the right to read roles.',
    );
  if (/^p(?:tlc|acc)_/.test(token))
    warnings.push(
      'The key is one of an account, with all rights of that account. Make an application key, with the rights that are needed.',
    );
  warnings.push(...(await ownerWarnings(client, keyOwnerId, call)));
  return { product, version: VERSIONS[product], warnings };
}

/** Who owns a key, no panel says of an application key. */
async function ownerWarnings(
  client: PterodactylClient,
  keyOwnerId: string | null,
  call: Call,
): Promise<readonly string[]> {
  if (keyOwnerId === null)
    return [
      client.product() === 'Pelican'
        ? 'It is not known who made the key: no role can be taken from anybody until KEY_OWNER_ID names them.'
        : 'It is not known who made the key: no administrator can be deleted or demoted until KEY_OWNER_ID names them.',
    ];
  const owner = await client.user(keyOwnerId, call);
  if (owner?.rootAdmin || (client.product() === 'Pelican' && owner?.roles?.length !== 0 && owner)) return [];
  return ['KEY_OWNER_ID names no administrator of the panel, so that it cannot be the account that made the key.'];
}
