import { Input, Select } from '../govuk/index.ts';
import { valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';

/** Which body decided, and on which day: fields `body` and `on` of a form. */
export function DecidingBody({
  question,
  bodies,
  typed,
  errors,
}: {
  readonly question: string;
  readonly bodies: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Typed;
  readonly errors: Errors;
}) {
  return (
    <>
      <Select
        name="body"
        label={question}
        value={valueOf(typed, 'body')}
        errorMessage={errors['body']}
        items={[{ value: '', text: 'Choose a body' }, ...bodies.map(({ id, name }) => ({ value: id, text: name }))]}
      />
      <Input
        name="on"
        label="On which day?"
        hint="For example 12 May 2026"
        classes="govuk-input--width-20"
        value={valueOf(typed, 'on')}
        errorMessage={errors['on']}
      />
    </>
  );
}
