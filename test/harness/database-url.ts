/** The migrated database that those of tests are copied from. */
export const TEMPLATE = 'steward_template';

/** The address of another database of the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
