import { findFieldProblem } from '../fields.ts';
import type { Field, FieldName, FieldValues } from '../panel.ts';
import { type Product, rejected } from './errors.ts';

/** ASCII only: two addresses that look alike but differ are a way to be taken for someone else. Both panels take more. */
const EMAIL: Field = {
  name: 'email',
  type: 'email',
  required: true,
  maxLength: 191,
  pattern:
    "[A-Za-z0-9.!#$%&'*+\\/=?^_`{\\|}~\\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}",
};

const USERNAME: Field = {
  name: 'username',
  type: 'text',
  required: true,
  minLength: 3,
  maxLength: 191,
  pattern: '[A-Za-z0-9][A-Za-z0-9_.\\-]+[A-Za-z0-9]',
  lowerCase: true,
};

/** Pelican takes any characters; blanks and what is written to look like something else stay out. */
const PELICAN_USERNAME: Field = { ...USERNAME, minLength: 1, pattern: '[A-Za-z0-9_.\\-]+' };

const PART_OF_NAME = { type: 'text', required: true, maxLength: 191, pattern: '[^\\p{Cc}\\p{Cs}]+' } as const;

/** Such as `en` or `pt_BR`; which ones there are, only the panel knows. */
const LANGUAGE: Field = {
  name: 'language',
  type: 'text',
  required: false,
  minLength: 2,
  maxLength: 10,
  pattern: '[A-Za-z]{2,3}(?:[_\\-][A-Za-z]{2,4})?',
};

const FIELDS: Readonly<Record<Product, readonly Field[]>> = {
  Pterodactyl: [
    EMAIL,
    USERNAME,
    { ...PART_OF_NAME, name: 'firstName' },
    { ...PART_OF_NAME, name: 'lastName' },
    LANGUAGE,
  ],
  Pelican: [EMAIL, PELICAN_USERNAME, LANGUAGE],
};

/** Those of a creation and of an edit are the same. */
export function fieldsOf(product: Product): readonly Field[] {
  return FIELDS[product];
}

/** What a field is called in a request. */
const REQUEST_NAMES: Readonly<Partial<Record<FieldName, keyof RequestValues>>> = {
  email: 'email',
  username: 'username',
  firstName: 'first_name',
  lastName: 'last_name',
  language: 'language',
};

/** What a request may say of a user; what it does not say stays as it is. */
export interface RequestValues {
  readonly email?: string;
  readonly username?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly language?: string;
  readonly password?: string;
  readonly external_id?: string | null;
  readonly root_admin?: boolean;
}

/** What the panels cut off, beside blanks. */
const ENDS = /^[\s\u{feff}\u{200b}\u{200e}]+|[\s\u{feff}\u{200b}\u{200e}]+$/gu;

/**
 * The values as they are stored, by their names in a request. Fields that the product does not have are left out.
 *
 * @throws PanelError `rejected`, effect `none`, when a value is not as its field asks.
 */
export function requestValues(
  product: Product,
  values: FieldValues,
  { complete }: { readonly complete: boolean },
): RequestValues {
  const fields = fieldsOf(product);
  const clean = Object.fromEntries(
    fields.flatMap(({ name, type, lowerCase }) => {
      const value = values[name]?.replace(ENDS, '');
      if (value === undefined || (value === '' && complete)) return [];
      return [[name, type === 'email' || lowerCase ? value.toLowerCase() : value]];
    }),
  );
  const problem = findFieldProblem(fields, clean, { complete });
  if (problem) throw invalid(problem.field);
  // No panel clears it: there is no account without a language.
  if (clean.language === '') throw invalid('language');
  return Object.fromEntries(Object.entries(clean).map(([name, value]) => [REQUEST_NAMES[name as FieldName], value]));
}

const WORDS: Readonly<Partial<Record<FieldName, string>>> = { firstName: 'first name', lastName: 'last name' };

function invalid(field: FieldName) {
  const words = WORDS[field] ?? field;
  return rejected(`the ${words} is not valid`, `The ${words} is not valid.`);
}
