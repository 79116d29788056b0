import { Button, ErrorSummary, Input, PasswordInput, Radios } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';

interface Form {
  readonly token: string;
  readonly typed?: Readonly<Record<string, unknown>>;
  readonly errors?: Readonly<Record<string, string>>;
}

export function setUpPage({ token, typed = {}, errors = {} }: Form): Page {
  const mistakes = Object.entries(errors);
  const value = (name: string): string => {
    const given = typed[name];
    return typeof given === 'string' ? given : '';
  };
  return {
    title: 'Set up your partnership',
    hasErrors: mistakes.length > 0,
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {mistakes.length > 0 && (
            <ErrorSummary errorList={mistakes.map(([field, text]) => ({ text, href: `#${field}` }))} />
          )}
          <h1 class="govuk-heading-l">Set up your partnership</h1>
          <p class="govuk-body">You are the first person here, so you become the administrator.</p>
          <form method="post" action={`/set-up/${token}`} novalidate>
            <Input
              name="partnership"
              label="Name of the partnership"
              hint="As people know it, such as Safer Sefton Together"
              value={value('partnership')}
              errorMessage={errors['partnership']}
            />
            <Radios
              name="kind"
              idPrefix="kind"
              fieldset={{ legend: 'What is it?' }}
              value={value('kind') || 'area'}
              errorMessage={errors['kind']}
              items={[
                {
                  value: 'area',
                  text: 'A local partnership',
                  hint: 'Such as a community safety partnership of one council.',
                },
                {
                  value: 'hub',
                  text: 'A hub of several local partnerships',
                  hint: 'Such as a policing body or a violence reduction unit. You add the local ones afterwards.',
                },
              ]}
            />
            <Input
              name="name"
              label="Your name"
              autocomplete="name"
              value={value('name')}
              errorMessage={errors['name']}
            />
            <Input
              name="email"
              label="Your email address"
              type="email"
              autocomplete="username"
              spellcheck={false}
              value={value('email')}
              errorMessage={errors['email']}
            />
            <PasswordInput
              name="password"
              label="Choose a password"
              hint="At least 12 characters. Three random words are easy to remember and hard to guess."
              autocomplete="new-password"
              errorMessage={errors['password']}
            />
            <Button preventDoubleClick>Set up the partnership</Button>
          </form>
        </div>
      </div>
    ),
  };
}
