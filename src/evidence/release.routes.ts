import { z } from 'zod';
import { roles } from '../duty/index.ts';
import type { ReadWork } from '../platform/database/work.ts';
import { partnershipParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { changesAsCsv, changesAsJson, changesOfRelease } from './change-list.store.ts';
import { mayWorkHere } from './finding.routes.ts';
import { formatOf } from './formats/index.ts';
import { mayLoad } from './intake.page.tsx';
import { titleOfAgreement } from './intake.store.ts';
import { evidencePage, releaseListPage, releasePage } from './release.page.tsx';
import {
  filesOfRelease,
  getRelease,
  importerOf,
  listReleases,
  monthsOfRelease,
  partsOfRelease,
  type Release,
} from './release.store.ts';

const { get } = rowsOf<'evidence' | 'exchange' | 'platform'>();

const seen = { anyOf: roles } as const;
const mayWrite = (held: readonly string[]): boolean =>
  held.some((role) => (mayLoad as readonly string[]).includes(role));
/** A release goes by its hash. */
const releaseParams = partnershipParams.extend({ id: z.string().regex(/^[0-9a-f]{64}$/) });
const idOf = ({ id }: z.infer<typeof releaseParams>): string => `sha256:${id}`;
const subjectOf = ({ id }: Pick<Release, 'id'>): string => `release/${id}`;

export const releaseRoutes: readonly Route[] = [
  get({
    path: '/:partnership/evidence',
    about: 'Evidence: the way in to what is known',
    access: seen,
    audit: { none: 'counts of releases only' },
    params: partnershipParams,
    navigation: { text: 'Evidence', order: 15 },
    example: ({ partnership }) => ({ params: { partnership } }),
    async handle({ work, params, visitor }) {
      const releases = await listReleases(work);
      const months = releases.flatMap((release) => release.months).sort();
      return {
        page: evidencePage(params.partnership, {
          releases: releases.length,
          lastMonth: months.at(-1) ?? null,
          mayWrite: mayWrite(visitor.roles),
          worksOnFigures: mayWorkHere(visitor),
        }),
      };
    },
  }),
  get({
    path: '/:partnership/releases',
    about: 'Releases: what was loaded',
    access: seen,
    audit: { none: 'sources, months and counts only' },
    params: partnershipParams,
    example: ({ partnership }) => ({ params: { partnership } }),
    handle: async ({ work, params, visitor }) => ({
      page: releaseListPage({
        slug: params.partnership,
        releases: await listReleases(work),
        titleOf: (source) => formatOf(source).title,
        mayWrite: mayWrite(visitor.roles),
      }),
    }),
  }),
  get({
    path: '/:partnership/releases/:id',
    about: 'One release: what it was made of, what it holds, and what it changed',
    access: seen,
    audit: 'RELEASE_SEEN',
    params: releaseParams,
    example: ({ partnership, idOf: ofKind }) => ({ params: { partnership, id: ofKind('release') } }),
    async handle({ work, params, equipment }) {
      const release = await getRelease(work, idOf(params));
      return {
        page: releasePage({
          slug: params.partnership,
          release,
          format: formatOf(release.source),
          files: await filesOfRelease(work, release.id),
          months: await monthsOfRelease(work, release.id),
          changes: await changesOfRelease(work, equipment.releases, release),
          by: await importerOf(work, release.id),
          agreement: release.agreementId === null ? null : await titleOfAgreement(work, release.agreementId),
        }),
        subject: subjectOf(release),
      };
    },
  }),
  get({
    path: '/:partnership/releases/:id/manifest.json',
    about: 'The manifest of a release: what it was made of, with hashes and counts',
    access: seen,
    audit: 'RELEASE_SEEN',
    params: releaseParams,
    answers: z.looseObject({ id: z.string(), source: z.string(), parquet: z.string(), months: z.array(z.string()) }),
    example: ({ partnership, idOf: ofKind }) => ({ params: { partnership, id: ofKind('release') } }),
    async handle({ work, params }) {
      const release = await getRelease(work, idOf(params));
      return { json: await manifestOf(work, release), subject: subjectOf(release) };
    },
  }),
  get({
    path: '/:partnership/releases/:id/changes.csv',
    about: 'What a release changed, by month and category, as CSV',
    access: seen,
    audit: 'RELEASE_SEEN',
    params: releaseParams,
    example: ({ partnership, idOf: ofKind }) => ({ params: { partnership, id: ofKind('release') } }),
    async handle({ work, params, equipment }) {
      const release = await getRelease(work, idOf(params));
      const body = changesAsCsv(await changesOfRelease(work, equipment.releases, release));
      return { file: { name: 'changes.csv', type: 'text/csv; charset=utf-8', body }, subject: subjectOf(release) };
    },
  }),
  get({
    path: '/:partnership/releases/:id/changes.json',
    about: 'What a release changed, by month and category, as JSON',
    access: seen,
    audit: 'RELEASE_SEEN',
    params: releaseParams,
    answers: z.looseObject({ release: z.string(), changes: z.array(z.unknown()) }),
    example: ({ partnership, idOf: ofKind }) => ({ params: { partnership, id: ofKind('release') } }),
    async handle({ work, params, equipment }) {
      const release = await getRelease(work, idOf(params));
      const changes = await changesOfRelease(work, equipment.releases, release);
      return { json: { release: release.id, ...changesAsJson(changes) }, subject: subjectOf(release) };
    },
  }),
];

/** The same as lies beside the parts of a release: nothing of who or when. */
async function manifestOf(work: ReadWork<'evidence'>, { importedBy: _by, importedAt: _at, ...release }: Release) {
  const months = await monthsOfRelease(work, release.id);
  return {
    ...release,
    files: await filesOfRelease(work, release.id),
    parts: await partsOfRelease(work, release.id),
    counts: months.map(({ month, provider, rows, unlocated }) => ({ month, provider, rows, unlocated })),
  };
}
