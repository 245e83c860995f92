import type { Facet, Verb } from '../../domain/operation.ts';

/** What each verb changes. Verbs of one facet on one account wait for each other, the unknown ones among them. */
export const FACETS: Readonly<Record<Verb, Facet | null>> = {
  'account.create': null,
  'account.edit': 'fields',
  'account.suspend': 'status',
  'account.unsuspend': 'status',
  'account.schedule_deletion': 'status',
  'account.keep': 'status',
  'account.delete': 'status',
  'account.restore': 'status',
  'account.verify': 'verification',
  'account.role': 'roles',
  'credits.grant': 'credits',
  'credits.deduct': 'credits',
  'credits.set': 'credits',
  'account.notify': null,
};

/** All verbs of a facet; none of null. */
export function verbsOf(verb: Verb): readonly Verb[] {
  const facet = FACETS[verb];
  return facet === null ? [] : (Object.keys(FACETS) as Verb[]).filter((each) => FACETS[each] === facet);
}
