import { formatDate } from '../duty/index.ts';
import { Button, Input, Radios, Tag, Textarea } from '../govuk/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { directoryHref } from './directory.page.tsx';
import { enoughReports, gapStateLabels, gapStates, gapWords, type Gap } from './gap.ts';
import type { GapReport } from './gap.store.ts';

export function gapPage({
  slug,
  gap,
  typed,
  errors = {},
  mayWrite,
}: {
  readonly slug: string;
  readonly gap: Gap & { readonly said: readonly GapReport[] };
  readonly typed?: Typed;
  readonly errors?: Errors;
  readonly mayWrite: boolean;
}): Page {
  const at = `${directoryHref(slug)}/gaps/${gap.id}`;
  const values = typed ?? { state: gap.state, owner: gap.owner ?? '', note: gap.note ?? '' };
  const breadcrumbs = [
    { text: 'Directory of services', href: directoryHref(slug) },
    { text: 'Gaps on record', href: `${directoryHref(slug)}/gaps` },
  ];
  const said = (
    <>
      <p class="govuk-body">
        Reported {gap.reports === 1 ? 'once' : `${gap.reports} times`}.{' '}
        {gap.reports < enoughReports
          ? `The public does not see it: it was reported fewer than ${enoughReports} times.`
          : 'The public sees that it is on record, and nothing of what people wrote.'}
      </p>
      {gap.said.filter((report) => report.seen !== null).length > 0 && (
        <>
          <h2 class="govuk-heading-m">What people saw</h2>
          <ul class="govuk-list govuk-list--spaced">
            {gap.said
              .filter((report) => report.seen !== null)
              .map((report) => (
                <li>
                  {formatDate(report.reportedOn)}: “{report.seen}”{' '}
                  {report.flags.length > 0 && <Tag classes="govuk-tag--red">Perhaps {report.flags.join(', ')}</Tag>}
                  {mayWrite && (
                    <form method="post" action={`${at}/clear`}>
                      <input type="hidden" name="report" value={report.id} />
                      <Button classes="govuk-button--secondary govuk-!-margin-bottom-0">
                        Take these words out{' '}
                        <span class="govuk-visually-hidden">of {formatDate(report.reportedOn)}</span>
                      </Button>
                    </form>
                  )}
                </li>
              ))}
          </ul>
        </>
      )}
    </>
  );
  if (!mayWrite)
    return {
      title: gapWords(gap),
      breadcrumbs,
      main: (
        <>
          <h1 class="govuk-heading-l">{gapWords(gap)}</h1>
          <p class="govuk-body">
            {gapStateLabels[gap.state]}.{' '}
            {gap.owner === null ? 'Nobody looks after it yet.' : `${gap.owner} looks after it.`}
          </p>
          {said}
        </>
      ),
    };
  return formPage({
    title: gapWords(gap),
    breadcrumbs,
    action: at,
    button: 'Save',
    cancelHref: `${directoryHref(slug)}/gaps`,
    errors,
    intro: said,
    children: (
      <>
        <Radios
          name="state"
          fieldset={{ legend: 'State' }}
          classes="govuk-radios--small"
          value={valueOf(values, 'state')}
          errorMessage={errors['state']}
          items={gapStates.map((value) => ({ value, text: gapStateLabels[value] }))}
        />
        <Input
          name="owner"
          label="Who looks after it (optional)"
          hint="A post or a team"
          value={valueOf(values, 'owner')}
          errorMessage={errors['owner']}
        />
        <Textarea
          name="note"
          label="What is done about it (optional)"
          value={valueOf(values, 'note')}
          errorMessage={errors['note']}
          rows={3}
        />
      </>
    ),
  });
}
