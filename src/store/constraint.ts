import postgres from 'postgres';

/** The constraint or unique index that a statement broke, by its name; null for any other error. */
export function brokenConstraint(error: unknown): string | null {
  return error instanceof postgres.PostgresError ? (error.constraint_name ?? null) : null;
}
