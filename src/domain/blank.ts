/** Spaces, controls, direction marks, fillers: what Unicode lets look like nothing, with the empty pattern of braille. */
const NOTHING_TO_SEE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a text shows nothing, however many characters it has. */
export function isBlank(text: string): boolean {
  return NOTHING_TO_SEE.test(text);
}
