import { FACETS, type Verb } from '../../domain/operation.ts';

/** All verbs of a verb's facet; none where it has none. */
export function verbsOf(verb: Verb): readonly Verb[] {
  const facet = FACETS[verb];
  return facet === null ? [] : (Object.keys(FACETS) as Verb[]).filter((each) => FACETS[each] === facet);
}
