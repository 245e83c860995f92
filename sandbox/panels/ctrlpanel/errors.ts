import { type Answer, html, json } from '../wire/answer.ts';

/** What the panel answers instead of doing what was asked. */
export class Refusal extends Error {
  readonly answer: Answer;
  /** One that Laravel sends elsewhere unless JSON is accepted. */
  readonly isValidation: boolean;

  constructor(answer: Answer, message = '', isValidation = false) {
    super(message);
    this.answer = answer;
    this.isValidation = isValidation;
  }
}

/** As the framework says an exception: pretty-printed. */
export function exception(status: number, message: string): Refusal {
  return new Refusal(json(status, { message }, { pretty: true }), message);
}

export const serverError = () => exception(500, 'Server Error');

/** A page of the theme, even where JSON was asked for. */
export function page(status: number, message: string): Refusal {
  return new Refusal(html(status, message), message);
}

export type Messages = Readonly<Record<string, readonly unknown[]>>;

export function invalid(messages: Messages): Refusal {
  const [first, ...more] = Object.values(messages).flat();
  const count = more.length === 0 ? '' : ` (and ${more.length} more error${more.length === 1 ? '' : 's'})`;
  const message = `${first}${count}`;
  return new Refusal(json(422, { message, errors: messages }), message, true);
}

/** Whatever goes wrong while a user is created or updated, in the envelope that both wrap it in. */
export function wrapped(message: string, status: number | string): Refusal {
  return invalid({ pterodactyl_error_message: [message], pterodactyl_error_status: [status] });
}

export function noModel(model: string, id: string | null): Refusal {
  const subject = `No query results for model [App\\Models\\${model}]`;
  return exception(404, id === null ? `${subject}.` : `${subject} ${id}`);
}
