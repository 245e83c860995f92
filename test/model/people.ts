import type { Preset } from '../../src/domain/permission.ts';
import type { Services } from '../../src/services/context.ts';
import { giveGrant, OWNER } from '../harness/services.ts';

export interface Person {
  readonly userId: string;
  readonly preset: Preset;
  /** Whole credits; null: no limit. */
  readonly perAct: number | null;
  readonly perDay: number | null;
}

/** Linked to the first account of the panel. */
export const LENA: Person = { userId: '104', preset: 'accountant', perAct: null, perDay: 12 };

export const PEOPLE: readonly Person[] = [
  { userId: OWNER, preset: 'owner', perAct: null, perDay: null },
  { userId: '101', preset: 'administrator', perAct: null, perDay: null },
  { userId: '102', preset: 'administrator', perAct: 10, perDay: 14 },
  { userId: '103', preset: 'administrator', perAct: 6, perDay: 8 },
  LENA,
];

/** Grants stay the same for all sequences of a database. An owner needs none. */
export async function grantAll(services: Services): Promise<void> {
  for (const { userId, preset, perAct, perDay } of PEOPLE) {
    if (preset === 'owner') continue;
    const limits = {
      ...(perAct === null ? {} : { perAct: String(perAct) }),
      ...(perDay === null ? {} : { perDay: String(perDay) }),
    };
    await giveGrant(services, { userId, preset, ...limits });
  }
}
