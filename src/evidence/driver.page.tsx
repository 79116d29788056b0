import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  Input,
  InsetText,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Tag,
  Textarea,
} from '../govuk/index.ts';
import { Conflict, formPage, valueOf, type Differing, type Errors, type Typed } from '../platform/http/form.page.tsx';
import { History, type HistoryItem } from '../platform/http/record.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { evidenceCrumb } from './definition.page.tsx';
import {
  driverBases,
  driverBasisLabels,
  driverDirectionLabels,
  driverDirections,
  driverLevelLabels,
  driverLevels,
  knownFactors,
  type DriverBasis,
  type DriverDirection,
  type DriverLevel,
} from './driver.ts';
import type { DriverKept } from './driver.store.ts';
import { strengthLabels, strengths } from './finding.ts';
import { StrengthTag } from './finding.page.tsx';

const crumbs = (slug: string) => [evidenceCrumb(slug), { text: 'Causes and protection', href: `/${slug}/drivers` }];
const hrefOf = (slug: string, { id }: Pick<DriverKept, 'id'>) => `/${slug}/drivers/${id}`;
const basisColour: Readonly<Record<DriverBasis, string>> = {
  measured: 'govuk-tag--teal',
  reported: 'govuk-tag--blue',
  claimed: 'govuk-tag--yellow',
};
const BasisTag = ({ basis }: { readonly basis: DriverBasis }) => (
  <Tag classes={basisColour[basis]}>{driverBasisLabels[basis].label}</Tag>
);

export function driversPage({
  slug,
  drivers,
  today,
  mayWrite,
}: {
  readonly slug: string;
  readonly drivers: readonly DriverKept[];
  readonly today: IsoDate;
  readonly mayWrite: boolean;
}): Page {
  const holds = drivers.filter(({ endedOn }) => endedOn === null || endedOn >= today);
  const ended = drivers.filter((each) => !holds.includes(each));
  return {
    title: 'Causes and protection',
    breadcrumbs: [evidenceCrumb(slug)],
    main: (
      <>
        <h1 class="govuk-heading-l">Causes and protection</h1>
        <p class="govuk-body-l">
          What makes violence more likely here and what protects against it, from the person to society. What people
          claim is marked as a claim.
        </p>
        {mayWrite && <Button href={`/${slug}/drivers/new`}>Add a factor</Button>}
        {driverLevels.map((level) => (
          <section aria-labelledby={level}>
            <h2 class="govuk-heading-m" id={level}>
              {driverLevelLabels[level]}
            </h2>
            {driverDirections.map((direction) => (
              <Grid slug={slug} level={level} direction={direction} drivers={holds} mayWrite={mayWrite} />
            ))}
          </section>
        ))}
        {ended.length > 0 && (
          <section aria-labelledby="ended">
            <h2 class="govuk-heading-m" id="ended">
              No longer held
            </h2>
            <ul class="govuk-list">
              {ended.map((each) => (
                <li>
                  <a class="govuk-link" href={hrefOf(slug, each)}>
                    {each.factor}
                  </a>
                  , until {formatDate(each.endedOn ?? '')}
                </li>
              ))}
            </ul>
          </section>
        )}
        {drivers.length > 0 && (
          <p class="govuk-body">
            <a class="govuk-link" href={`/${slug}/drivers/export.csv`}>
              Download all as CSV
            </a>
          </p>
        )}
      </>
    ),
  };
}

function Grid({
  slug,
  level,
  direction,
  drivers,
  mayWrite,
}: {
  readonly slug: string;
  readonly level: DriverLevel;
  readonly direction: DriverDirection;
  readonly drivers: readonly DriverKept[];
  readonly mayWrite: boolean;
}) {
  const of = drivers.filter((each) => each.level === level && each.direction === direction);
  const there = new Set(of.map(({ factor }) => factor.toLowerCase()));
  const missing = knownFactors[level][direction].filter((name) => !there.has(name.toLowerCase()));
  const caption = driverDirectionLabels[direction];
  if (of.length === 0)
    return (
      <p class="govuk-body">
        <strong>{caption}:</strong> nothing is recorded yet.{' '}
        {mayWrite && missing.length > 0 && `The field knows of: ${missing.join(', ').toLowerCase()}.`}
      </p>
    );
  return (
    <ScrollBox label={`${driverLevelLabels[level]}: ${caption.toLowerCase()}`}>
      <Table
        caption={caption}
        captionClasses="govuk-table__caption--s"
        firstCellIsHeader
        head={['Factor', 'Here', 'Elsewhere', 'How it is known', 'Evidence']}
        rows={of.map((each) => [
          <a class="govuk-link" href={hrefOf(slug, each)}>
            {each.factor}
          </a>,
          each.localValue ?? 'Not known',
          each.comparator ?? 'Not known',
          <>
            <BasisTag basis={each.basis} />
            {each.source !== null && <> {each.source}</>}
          </>,
          <StrengthTag strength={each.strength} />,
        ])}
      />
    </ScrollBox>
  );
}

export function driverPage({
  slug,
  driver,
  changes,
  mayWrite,
}: {
  readonly slug: string;
  readonly driver: DriverKept;
  readonly changes: readonly HistoryItem[];
  readonly mayWrite: boolean;
}): Page {
  const { basis } = driver;
  return {
    title: driver.factor,
    breadcrumbs: crumbs(slug),
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">{driver.factor}</h1>
          <p class="govuk-body">
            <BasisTag basis={basis} />
          </p>
          {basis === 'claimed' && (
            <InsetText>
              This is what {driver.source} said{driver.saidOn === null ? '' : `, ${driver.saidOn}`}. Nobody has checked
              it against data, and documents say so.
            </InsetText>
          )}
          {mayWrite && <Button href={`${hrefOf(slug, driver)}/change`}>Change</Button>}
          <SummaryList
            rows={[
              { key: 'Where it acts', value: driverLevelLabels[driver.level] },
              { key: 'What it does', value: driverDirectionLabels[driver.direction] },
              { key: 'Here', value: driver.localValue ?? 'Not known' },
              { key: 'Elsewhere', value: driver.comparator ?? 'Not known' },
              { key: 'How many people', value: driver.people?.toLocaleString('en-GB') ?? 'Not known' },
              { key: 'How it is known', value: driverBasisLabels[basis].when },
              driver.source !== null && {
                key: 'Who says so',
                value: `${driver.source}${driver.saidOn === null ? '' : `, ${driver.saidOn}`}`,
              },
              {
                key: 'Evidence',
                value: (
                  <>
                    <StrengthTag strength={driver.strength} />
                    <p class="govuk-body">{driver.strengthBecause ?? strengthLabels[driver.strength].when}</p>
                  </>
                ),
              },
              driver.finding !== null && {
                key: 'Finding',
                value: (
                  <a class="govuk-link" href={`/${slug}/findings/${driver.finding}`}>
                    {driver.findingSentence}
                  </a>
                ),
              },
              driver.endedOn !== null && { key: 'Held until', value: formatDate(driver.endedOn) },
            ]}
          />
          <History changes={changes} />
        </div>
      </div>
    ),
  };
}

export function driverFormPage(
  slug: string,
  {
    driver,
    findings,
    typed = {},
    errors = {},
    version = '',
    differing = [],
  }: {
    readonly driver?: DriverKept | undefined;
    readonly findings: readonly { readonly id: string; readonly sentence: string }[];
    readonly typed?: Typed;
    readonly errors?: Errors;
    readonly version?: string;
    readonly differing?: readonly Differing[];
  },
): Page {
  const value = (name: string, otherwise = '') => valueOf(typed, name, otherwise);
  const at = driver === undefined ? `/${slug}/drivers` : hrefOf(slug, driver);
  return formPage({
    title: driver === undefined ? 'Add a factor' : 'Change a factor',
    breadcrumbs: driver === undefined ? crumbs(slug) : [...crumbs(slug), { text: driver.factor, href: at }],
    action: driver === undefined ? `${at}/new` : `${at}/change`,
    button: 'Save',
    cancelHref: at,
    errors,
    intro: <Conflict differing={differing} />,
    children: (
      <>
        <input type="hidden" name="version" value={version} />
        <Input name="factor" label="Factor" value={value('factor')} errorMessage={errors['factor']} />
        <Radios
          name="level"
          fieldset={{ legend: 'Where does it act?' }}
          classes="govuk-radios--small"
          value={value('level')}
          errorMessage={errors['level']}
          items={driverLevels.map((level) => ({ value: level, text: driverLevelLabels[level] }))}
        />
        <Radios
          name="direction"
          fieldset={{ legend: 'What does it do?' }}
          classes="govuk-radios--small"
          value={value('direction')}
          errorMessage={errors['direction']}
          items={driverDirections.map((direction) => ({ value: direction, text: driverDirectionLabels[direction] }))}
        />
        <Input
          name="localValue"
          label="How it is here (optional)"
          hint="A number with its year, such as: 31 % of children in low income families, 2024/25"
          value={value('localValue')}
          errorMessage={errors['localValue']}
        />
        <Input
          name="comparator"
          label="How it is elsewhere (optional)"
          hint="England, the force area, or places like this one"
          value={value('comparator')}
          errorMessage={errors['comparator']}
        />
        <Input
          name="people"
          label="How many people does it concern? (optional)"
          inputmode="numeric"
          classes="govuk-input--width-10"
          value={value('people')}
          errorMessage={errors['people']}
        />
        <Radios
          name="basis"
          fieldset={{ legend: 'How is it known?' }}
          value={value('basis')}
          errorMessage={errors['basis']}
          items={driverBases.map((basis) => ({
            value: basis,
            text: driverBasisLabels[basis].label,
            hint: driverBasisLabels[basis].when,
          }))}
        />
        <Input
          name="source"
          label="Who says so?"
          hint="A paper, an organisation, a member. Needed unless it was measured"
          value={value('source')}
          errorMessage={errors['source']}
        />
        <Input
          name="saidOn"
          label="When? (optional)"
          hint="For example: 14 March 2026, or spring 2026"
          classes="govuk-input--width-20"
          value={value('saidOn')}
          errorMessage={errors['saidOn']}
        />
        <Radios
          name="strength"
          fieldset={{ legend: 'How strong is the evidence?' }}
          classes="govuk-radios--small"
          value={value('strength', 'unknown')}
          errorMessage={errors['strength']}
          items={strengths.map((strength) => ({ value: strength, text: strengthLabels[strength].label }))}
        />
        <Textarea
          name="strengthBecause"
          label="Why? (optional)"
          rows={2}
          value={value('strengthBecause')}
          errorMessage={errors['strengthBecause']}
        />
        <Select
          name="finding"
          label="Which finding shows it? (optional)"
          value={value('finding')}
          errorMessage={errors['finding']}
          items={[
            { value: '', text: 'None' },
            ...findings.map(({ id, sentence }) => ({ value: id, text: sentence.slice(0, 120) })),
          ]}
        />
        {driver !== undefined && (
          <Input
            name="endedOn"
            label="Last day on which it was held (optional)"
            hint="For example 31 March 2027"
            classes="govuk-input--width-20"
            value={value('endedOn')}
            errorMessage={errors['endedOn']}
          />
        )}
      </>
    ),
  });
}
