/** A bot's form. What was typed stays when sending fails. */
import type { APIComponentInLabel } from 'discord-api-types/v10';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { Markdown } from '../messages/markdown-view.tsx';
import { Avatar } from '../people/avatar.tsx';
import { botOf } from '../selectors.ts';
import { useSession, useWorld } from '../session.tsx';
import type { OpenForm } from '../state.ts';
import { Field } from './field.tsx';
import {
  type FieldValue,
  faultOf,
  fieldsOf,
  filesOf,
  initialValues,
  isRequired,
  linesOf,
  submission,
} from './form-values.ts';

export function FormDialog({ open }: { open: OpenForm }) {
  const session = useSession();
  const bot = botOf(useWorld());
  const dialog = useRef<HTMLDialogElement>(null);
  const [values, setValues] = useState(() => initialValues(open.form));
  const [triedToSend, setTriedToSend] = useState(false);
  const { form, submittedAs, failure } = open;
  const isSending = submittedAs !== null;

  useLayoutEffect(() => {
    const focusedBefore = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.form-lines .field :is(input, textarea, button)')?.focus();
    return () => {
      if (focusedBefore instanceof HTMLElement && focusedBefore.isConnected) focusedBefore.focus();
    };
  }, []);
  useEffect(() => {
    if (triedToSend) dialog.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [triedToSend]);

  const faultIn = (field: APIComponentInLabel) => faultOf(field, values[field.custom_id] ?? null);
  const submit = () => {
    if (isSending) return;
    if (fieldsOf(form).some((field) => faultIn(field))) {
      setTriedToSend(false);
      queueMicrotask(() => setTriedToSend(true));
    } else session.submitForm(submission(form, values), filesOf(values));
  };

  return (
    <dialog
      ref={dialog}
      class="form"
      aria-label={form.title}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') session.closeForm();
        else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        else return;
        event.preventDefault();
      }}
    >
      <form
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <header>
          {bot && <Avatar userId={bot.id} size="small" />}
          <h2 dir="auto">{form.title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={session.closeForm}>
            <Icon name="close" />
          </button>
        </header>
        <div class="form-lines">
          {linesOf(form).map((line, index) =>
            line.type === 'text' ? (
              <Markdown key={index.toString()} text={line.content} />
            ) : (
              <Field
                key={line.field.custom_id}
                label={line.label}
                description={line.description}
                field={line.field}
                required={isRequired(line.field)}
                value={values[line.field.custom_id] ?? null}
                fault={triedToSend ? faultIn(line.field) : null}
                onChange={(value: FieldValue) => setValues((known) => ({ ...known, [line.field.custom_id]: value }))}
              />
            ),
          )}
        </div>
        <footer>
          {failure && (
            <p class="failure" role="alert">
              {failure}
            </p>
          )}
          <button type="button" class="button" onClick={session.closeForm}>
            Cancel
          </button>
          <button type="submit" class={`button primary ${isSending ? 'waiting' : ''}`} aria-busy={isSending}>
            Submit
          </button>
        </footer>
      </form>
    </dialog>
  );
}
