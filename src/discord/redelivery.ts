/** Discord may deliver an interaction again, after a reconnect for instance. */

/** How many interactions are remembered at least. */
const REMEMBERED = 10_000;

/** Tells the first delivery of an interaction to this process from later ones, remembering the last ten thousand and more. */
export function createRedeliveryFilter(remembered = REMEMBERED): { isFirst(interactionId: string): boolean } {
  let recent = new Set<string>();
  let older = new Set<string>();
  return {
    isFirst(interactionId) {
      if (recent.has(interactionId) || older.has(interactionId)) return false;
      recent.add(interactionId);
      if (recent.size >= remembered) {
        older = recent;
        recent = new Set();
      }
      return true;
    },
  };
}
