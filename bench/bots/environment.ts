/** The part of Steward's own environment that the bare bots read as well. */
export const environment = {
  token: variable('DISCORD_TOKEN'),
  apiUrl: variable('DISCORD_API_URL'),
  databaseUrl: variable('DATABASE_URL'),
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set.`);
  return value;
}
