import { Button, Input, ScrollBox, SummaryList, Table } from '../govuk/index.ts';
import { type Errors, type Typed, formPage, valueOf } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { whoWeAre } from './register.page.tsx';
import type { WhoWeAre } from './who-we-are.store.ts';

const counted = (count: number, one: string, many: string) =>
  count === 0 ? `No ${many} yet` : `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

export function whoWeArePage(
  slug: string,
  name: string,
  here: WhoWeAre,
  changes: readonly HistoryItem[],
  { mayWrite, mayAddPartnership }: { readonly mayWrite: boolean; readonly mayAddPartnership: boolean },
): Page {
  const link = (path: string, text: string) => (
    <a class="govuk-link" href={`/${slug}/${path}`}>
      {text}
    </a>
  );
  return {
    title: 'Who we are',
    main: (
      <>
        <h1 class="govuk-heading-l">Who we are</h1>
        <p class="govuk-body">
          The areas, organisations, people and boards of {name}, today and as they were. Every later record points here.
        </p>
        <SummaryList
          rows={[
            here.hub !== null && {
              key: 'Part of',
              value: (
                <a class="govuk-link" href={`/${here.hub.slug}`}>
                  {here.hub.name}
                </a>
              ),
            },
            { key: 'Areas', value: link('areas', counted(here.areas, 'area', 'areas')) },
            { key: 'Organisations', value: link('organisations', counted(here.members, 'member today', 'members')) },
            { key: 'People', value: link('people', counted(here.people, 'person', 'people')) },
            {
              key: 'Boards and groups',
              value: link('bodies', counted(here.bodies, 'board or group', 'boards and groups')),
            },
            {
              key: 'Also called',
              value:
                here.otherNames.length === 0 ? 'No other name' : here.otherNames.map((other) => other.name).join(', '),
              ...(mayWrite && {
                actions: {
                  items: [{ text: 'Change', href: `/${slug}/partnership/names`, visuallyHiddenText: 'other names' }],
                },
              }),
            },
          ]}
        />
        {mayWrite && (
          <p class="govuk-body">
            You can enter them one by one, or {link('partnership/files', 'read in a file')} that you have.
          </p>
        )}
        {here.kind === 'hub' && (
          <section aria-labelledby="local">
            <h2 class="govuk-heading-m" id="local">
              Local partnerships
            </h2>
            <p class="govuk-body">What each of them has published. Their own records stay theirs.</p>
            {here.localPartnerships.length === 0 ? (
              <p class="govuk-body">None has been added yet.</p>
            ) : (
              <ScrollBox label="Table of local partnerships">
                <Table
                  caption="Local partnerships of this hub"
                  captionClasses="govuk-visually-hidden"
                  firstCellIsHeader
                  head={[
                    'Partnership',
                    { text: 'Members', format: 'numeric' },
                    { text: 'Boards and groups', format: 'numeric' },
                  ]}
                  rows={here.localPartnerships.map((local) => [
                    <a class="govuk-link" href={`/${local.slug}`}>
                      {local.name}
                    </a>,
                    { text: local.members.toLocaleString('en-GB'), format: 'numeric' },
                    { text: local.bodies.toLocaleString('en-GB'), format: 'numeric' },
                  ])}
                />
              </ScrollBox>
            )}
            {mayAddPartnership && (
              <Button href={`/${slug}/partnership/local/new`} classes="govuk-button--secondary">
                Add a local partnership
              </Button>
            )}
          </section>
        )}
        <History changes={changes} />
      </>
    ),
  };
}

const crumbs = (slug: string) => [whoWeAre(slug)];

export function namesPage({
  slug,
  names,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly names: WhoWeAre['otherNames'];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const page = formPage({
    title: 'What is the partnership also called?',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/partnership/names`,
    button: 'Add the name',
    cancelHref: `/${slug}/partnership`,
    errors,
    intro: (
      <p class="govuk-body">
        Papers and people use several names for one partnership. With them here, all of them lead to the same place.
      </p>
    ),
    children: (
      <Input
        name="name"
        label="Another name"
        value={valueOf(typed, 'name')}
        errorMessage={errors['name']}
        autocomplete="off"
        spellcheck={false}
      />
    ),
  });
  if (names.length === 0) return page;
  return {
    ...page,
    main: (
      <>
        {page.main}
        <h2 class="govuk-heading-m">Names that are there</h2>
        <ul class="govuk-list">
          {names.map(({ id, name }) => (
            <li>
              <form method="post" action={`/${slug}/partnership/names/${id}/remove`}>
                {name}{' '}
                <Button classes="govuk-button--secondary" preventDoubleClick>
                  Remove<span class="govuk-visually-hidden"> {name}</span>
                </Button>
              </form>
            </li>
          ))}
        </ul>
      </>
    ),
  };
}

export const localPartnershipPage = ({
  slug,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page =>
  formPage({
    title: 'Add a local partnership',
    breadcrumbs: crumbs(slug),
    action: `/${slug}/partnership/local/new`,
    button: 'Add the partnership',
    cancelHref: `/${slug}/partnership`,
    errors,
    intro: (
      <p class="govuk-body">
        You become its administrator, so that you can invite the people who will run it. Its records are its own: here
        you will see what it publishes.
      </p>
    ),
    children: (
      <Input
        name="name"
        label="Name of the partnership"
        hint="As people know it, such as Safer Sefton Together"
        value={valueOf(typed, 'name')}
        errorMessage={errors['name']}
        autocomplete="off"
      />
    ),
  });
