import { z } from 'zod';

/** What an option that takes several comes to: its values, none when nothing was picked. */
export const severalValues = z
  .string()
  .default('')
  .transform((joined) => joined.split(',').filter((value) => value !== ''));
