import { formatDate } from '../duty/index.ts';
import { Button, EmptyList, Input, Select, Textarea } from '../govuk/index.ts';
import { formPage, valueOf, type FormState } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { planCrumbs } from './plan-address.ts';
import type { Lesson } from './lesson.store.ts';

export const lessonsHref = (slug: string): string => `/${slug}/lessons`;

export function lessonsPage({
  slug,
  lessons,
  words,
  mayWrite,
}: {
  readonly slug: string;
  readonly lessons: readonly Lesson[];
  readonly words: string | undefined;
  readonly mayWrite: boolean;
}): Page {
  return {
    title: 'What was learned',
    breadcrumbs: planCrumbs(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">What was learned</h1>
        <p class="govuk-body">From evaluations, from actions that were closed, and from whoever wrote it down.</p>
        {mayWrite && <Button href={`${lessonsHref(slug)}/new`}>Add a lesson</Button>}
        <form method="get" action={lessonsHref(slug)}>
          <Input name="words" label="Words in it" value={words ?? ''} classes="govuk-input--width-20" />
          <Button classes="govuk-button--secondary">Look</Button>
        </form>
        {lessons.length === 0 ? (
          <EmptyList title="Nothing found">Look for other words, or write down what was learned.</EmptyList>
        ) : (
          lessons.map(({ title, words: said, learnedOn, href, ofTitle }) => (
            <section>
              <h2 class="govuk-heading-s">{title}</h2>
              <p class="govuk-body">{said}</p>
              <p class="govuk-body-s">
                {formatDate(learnedOn)}
                {href !== null && (
                  <>
                    , from{' '}
                    <a class="govuk-link" href={`/${slug}${href}`}>
                      {ofTitle ?? title}
                    </a>
                  </>
                )}
              </p>
            </section>
          ))
        )}
      </>
    ),
  };
}

export const lessonFormPage = (
  slug: string,
  interventions: readonly { readonly id: string; readonly title: string }[],
  { typed = {}, errors = {} }: FormState = {},
): Page =>
  formPage({
    title: 'Add a lesson',
    breadcrumbs: [...planCrumbs(slug), { text: 'What was learned', href: lessonsHref(slug) }],
    action: `${lessonsHref(slug)}/new`,
    button: 'Save',
    errors,
    cancelHref: lessonsHref(slug),
    children: (
      <>
        <Input
          name="title"
          label="What was learned, in a few words"
          value={valueOf(typed, 'title')}
          errorMessage={errors['title']}
        />
        <Textarea
          name="words"
          label="What would you do differently, or again?"
          rows={5}
          value={valueOf(typed, 'words')}
          errorMessage={errors['words']}
        />
        <Select
          name="interventionId"
          label="Intervention in which it was learned (optional)"
          value={valueOf(typed, 'interventionId')}
          items={[{ value: '', text: 'None' }, ...interventions.map(({ id, title }) => ({ value: id, text: title }))]}
          errorMessage={errors['interventionId']}
        />
      </>
    ),
  });
