import { roles } from '../duty/index.ts';
import type { ChangeWords } from '../partnership/index.ts';
import { historyOf, versionOf } from '../partnership/index.store.ts';
import { reading } from '../platform/database/work.ts';
import { csvOf } from '../platform/files/csv.ts';
import { again, changedMeanwhile, differingOf, typedAgain } from '../platform/http/form.page.tsx';
import { partnershipParams, recordParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { driverForm, driverWanted, typedDriver } from './driver-form.ts';
import { driverFormPage, driverPage, driversPage } from './driver.page.tsx';
import { driverBasisLabels, driverDirectionLabels, driverLevelLabels } from './driver.ts';
import { addDriver, changeDriver, getDriver, holdDriver, listDrivers } from './driver.store.ts';
import { strengthLabels } from './finding.ts';
import { findingChoices } from './finding.store.ts';
import { mayWorkHere } from './finding.routes.ts';
import { mayWorkOnFigures } from './view.ts';

const { get, post } = rowsOf<'evidence' | 'partnership' | 'platform'>();

const seen = { anyOf: roles } as const;
const works = { anyOf: mayWorkOnFigures } as const;
const open = { none: 'what is known of causes in general; names no person' } as const;

const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  level: driverLevelLabels,
  direction: driverDirectionLabels,
  basis: Object.fromEntries(Object.entries(driverBasisLabels).map(([name, { label }]) => [name, label])),
  strength: Object.fromEntries(Object.entries(strengthLabels).map(([name, { label }]) => [name, label])),
};
const fieldLabels = {
  factor: 'Factor',
  level: 'Where it acts',
  direction: 'What it does',
  localValue: 'Here',
  comparator: 'Elsewhere',
  basis: 'How it is known',
  source: 'Who says so',
  saidOn: 'When',
  strength: 'Evidence',
  strengthBecause: 'Why',
  people: 'How many people',
  endedOn: 'Held until',
};
const driverWords: ChangeWords = {
  kinds: { driver: 'Factor' },
  columns: {
    factor: 'Factor',
    level: 'Where it acts',
    direction: 'What it does',
    local_value: 'Here',
    comparator: 'Elsewhere',
    basis: 'How it is known',
    source: 'Who says so',
    said_on: 'When',
    strength: 'Evidence',
    strength_because: 'Why',
    people: 'How many people',
    ended_on: 'Held until',
  },
  said: (column, value) => (typeof value === 'string' ? labels[column]?.[value] : undefined),
};

const exampleBody = {
  factor: 'Places that sell alcohol late',
  level: 'community',
  direction: 'risk',
  basis: 'claimed',
  source: 'Residents at the harbour meeting',
};

export const driverRoutes: readonly Route[] = [
  get({
    path: '/:partnership/drivers',
    about: 'What makes violence more likely and what protects, by level',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, today, visitor }) => ({
      page: driversPage({
        slug: params.partnership,
        drivers: await listDrivers(work),
        today,
        mayWrite: mayWorkHere(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/drivers/export.csv',
    about: 'Risk and protective factors as a file',
    access: seen,
    audit: open,
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      file: {
        name: `drivers-${params.partnership}.csv`,
        type: 'text/csv; charset=utf-8',
        body: csvOf(
          [
            'Factor',
            'Level',
            'Direction',
            'Here',
            'Elsewhere',
            'How it is known',
            'Who says so',
            'When',
            'Evidence',
            'People',
            'Held until',
          ],
          (await listDrivers(work)).map((each) => [
            each.factor,
            driverLevelLabels[each.level],
            driverDirectionLabels[each.direction],
            each.localValue ?? '',
            each.comparator ?? '',
            driverBasisLabels[each.basis].label,
            each.source ?? '',
            each.saidOn ?? '',
            strengthLabels[each.strength].label,
            each.people,
            each.endedOn ?? '',
          ]),
        ),
      },
    }),
  }),
  get({
    path: '/:partnership/drivers/new',
    about: 'Add a risk or protective factor',
    access: works,
    audit: { none: 'shows an empty form' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params }) => ({
      page: driverFormPage(params.partnership, { findings: await findingChoices(work) }),
    }),
  }),
  post({
    path: '/:partnership/drivers/new',
    about: 'Add a risk or protective factor',
    access: works,
    audit: 'DRIVER_ADDED',
    params: partnershipParams,
    body: driverForm,
    example: ({ partnership }) => ({ params: { partnership }, body: exampleBody }),
    async handle({ work, params, body, visitor }) {
      const findings = await findingChoices(reading(work));
      if (body.finding !== null && !findings.some(({ id }) => id === body.finding))
        return again(
          driverFormPage(params.partnership, {
            findings,
            typed: typedAgain(body),
            errors: { finding: 'Choose a finding from the list' },
          }),
        );
      const id = await addDriver(work, driverWanted(body), visitor.person?.id ?? 'system');
      return { seeOther: `/${params.partnership}/drivers/${id}`, subject: `driver/${id}`, fields: ['factor'] };
    },
    invalid: async ({ work, params, typed, errors }) => ({
      page: driverFormPage(params.partnership, { findings: await findingChoices(work), typed, errors }),
    }),
  }),
  get({
    path: '/:partnership/drivers/:id',
    about: 'One factor: how it is here, how it is known, and who says so',
    access: seen,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('driver') } }),
    handle: async ({ work, params: { partnership, id }, visitor }) => ({
      page: driverPage({
        slug: partnership,
        driver: await getDriver(work, id),
        changes: await historyOf(work, id, driverWords),
        mayWrite: mayWorkHere(visitor),
      }),
    }),
  }),
  get({
    path: '/:partnership/drivers/:id/change',
    about: 'Change a risk or protective factor',
    access: works,
    audit: open,
    params: recordParams,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('driver') } }),
    async handle({ work, params: { partnership, id } }) {
      const driver = await getDriver(work, id);
      return {
        page: driverFormPage(partnership, {
          driver,
          findings: await findingChoices(work),
          typed: typedDriver(driver),
          version: await versionOf(work, id),
        }),
      };
    },
  }),
  post({
    path: '/:partnership/drivers/:id/change',
    about: 'Change a risk or protective factor',
    access: works,
    audit: 'DRIVER_CHANGED',
    params: recordParams,
    body: driverForm,
    example: ({ partnership, idOf }) => ({ params: { partnership, id: idOf('driver') }, body: exampleBody }),
    async handle({ work, params: { partnership, id }, body }) {
      await holdDriver(work, id);
      const driver = await getDriver(reading(work), id);
      const version = await versionOf(reading(work), id);
      const findings = await findingChoices(reading(work));
      const typed = typedAgain(body);
      const refuse = (errors: Readonly<Record<string, string>>, status: 409 | 422 = 422) =>
        again(
          driverFormPage(partnership, {
            driver,
            findings,
            typed,
            errors,
            version,
            ...(status === 409 && { differing: differingOf(typedDriver(driver), typed, fieldLabels) }),
          }),
          status,
        );
      if (body.version !== '' && body.version !== version) return refuse({ '': changedMeanwhile }, 409);
      if (
        body.finding !== null &&
        body.finding !== driver.finding &&
        !findings.some((each) => each.id === body.finding)
      )
        return refuse({ finding: 'Choose a finding from the list' });
      const wanted = driverWanted(body);
      await changeDriver(work, id, wanted);
      const [before, after] = [typedDriver(driver), typedDriver(wanted)];
      return {
        seeOther: `/${partnership}/drivers/${id}`,
        subject: `driver/${id}`,
        fields: Object.keys(after).filter((field) => before[field] !== after[field]),
      };
    },
    invalid: async ({ work, params: { partnership, id }, typed, errors }) => ({
      page: driverFormPage(partnership, {
        driver: await getDriver(work, id),
        findings: await findingChoices(work),
        typed,
        errors,
        version: String(typed['version'] ?? ''),
      }),
    }),
  }),
];
