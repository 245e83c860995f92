/** What Discord takes, where more than one of us has to know it. */

/** Choices of a select, of an option, and of one being typed. */
export const CHOICE_LIMIT = 25;
/** Characters of a choice's name, of its value and of its description. */
export const CHOICE_LENGTH = 100;

/** Parts of a form: its fields, and the texts between them. */
export const FORM_PART_LIMIT = 5;
/** Characters of a form's title, and of the label of a field. */
export const LABEL_LENGTH = 45;
