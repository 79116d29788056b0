import { z } from 'zod';
import { referenceRoutes } from '../evidence/reference.routes.ts';
import { coverageRoutes } from '../evidence/coverage.routes.ts';
import { definitionRoutes } from '../evidence/definition.routes.ts';
import { figureRoutes } from '../evidence/figure.routes.ts';
import { questionRoutes } from '../evidence/question.routes.ts';
import { driverRoutes } from '../evidence/driver.routes.ts';
import { findingRoutes } from '../evidence/finding.routes.ts';
import { priorityRoutes } from '../evidence/priority.routes.ts';
import { workbenchRoutes } from '../evidence/workbench.routes.ts';
import { plannedHere } from './planned.store.ts';
import { intakeRoutes as evidenceIntakeRoutes } from '../evidence/intake.routes.ts';
import { releaseRoutes } from '../evidence/release.routes.ts';
import { indicatorRoutes } from '../evidence/indicator.routes.ts';
import { feedRoutes } from '../directory/feed.routes.ts';
import { directoryRoutes } from '../directory/directory.routes.ts';
import { needBesideRoutes } from '../directory/need-beside.routes.ts';
import { referralRoutes } from '../directory/referral.routes.ts';
import { verifyRoutes } from '../directory/verify.routes.ts';
import { helpRoutes } from '../directory/help.routes.ts';
import { agreementRoutes } from '../exchange/agreement.routes.ts';
import { accessReviewRoutes } from '../partnership/access-review.routes.ts';
import { areaRoutes } from '../partnership/area.routes.ts';
import { bodyRoutes } from '../partnership/body.routes.ts';
import { homeRoutes } from '../partnership/home.routes.ts';
import { intakeRoutes } from '../partnership/intake.routes.ts';
import { joinRoutes } from '../partnership/join.routes.ts';
import { meetingRoutes } from '../partnership/meeting.routes.ts';
import { lookRoutes } from '../partnership/look.routes.ts';
import { statementRoutes } from '../partnership/statement.routes.ts';
import { organisationRoutes } from '../partnership/organisation.routes.ts';
import { leavingRoutes } from '../partnership/leaving.routes.ts';
import { peopleRoutes } from '../partnership/people.routes.ts';
import { personRoutes } from '../partnership/person.routes.ts';
import { postRoutes } from '../partnership/post.routes.ts';
import { seatRoutes } from '../partnership/seat.routes.ts';
import { setUpRoutes } from '../partnership/set-up.routes.ts';
import { whoWeAreRoutes } from '../partnership/who-we-are.routes.ts';
import { auditRoutes } from '../platform/audit/audit.routes.ts';
import { healthRoutes } from '../platform/http/health.routes.ts';
import { openApi } from '../platform/http/openapi.ts';
import { noParams, rowsOf } from '../platform/http/rows.ts';
import type { Route } from '../platform/http/route.ts';
import { mappingRoutes } from '../evidence/mapping.routes.ts';
import { sourceRoutes } from '../evidence/source.routes.ts';
import { actionRoutes } from '../strategy/action.routes.ts';
import { aimRoutes } from '../strategy/aim.routes.ts';
import { approachRoutes } from '../strategy/approach.routes.ts';
import { evaluationRoutes } from '../strategy/evaluation.routes.ts';
import { documentRoutes } from '../strategy/document.routes.ts';
import { grantRoutes } from '../strategy/grant.routes.ts';
import { interventionRoutes } from '../strategy/intervention.routes.ts';
import { lessonRoutes } from '../strategy/lesson.routes.ts';
import { measureRoutes } from '../strategy/measure.routes.ts';
import { planRoutes } from '../strategy/plan.routes.ts';
import { readinessRoutes } from '../strategy/readiness.routes.ts';
import { reviewRoutes } from '../strategy/review.routes.ts';
import { riskRoutes } from '../strategy/risk.routes.ts';
import { theoryRoutes } from '../strategy/theory.routes.ts';
import { strategyRoutes } from '../strategy/strategy.routes.ts';
import { accessRoutes } from '../platform/identity/access.routes.ts';
import { accountRoutes } from '../platform/identity/account.routes.ts';
import { identityRoutes } from '../platform/identity/identity.routes.ts';
import { jobRoutes } from '../platform/jobs/job.routes.ts';
import { needRows } from './needs.ts';
import { publicPages } from './public-pages.ts';
import { threadRoutes } from './thread.routes.ts';
import { version } from './version.ts';

const { get } = rowsOf<'published'>();

const openApiRoute = get({
  path: '/openapi.json',
  about: 'This description of the JSON routes (OpenAPI 3.1)',
  access: 'public',
  audit: { none: 'public' },
  needsRecords: false,
  params: noParams,
  answers: z.looseObject({ openapi: z.literal('3.1.0') }),
  example: () => ({ params: {} }),
  handle: () => ({ json: openApi(routes, version) }),
});

/** Every route of every slice. An address with a fixed first part comes before those that begin with a partnership. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  openApiRoute,
  ...feedRoutes,
  ...identityRoutes,
  ...accountRoutes,
  ...joinRoutes,
  ...setUpRoutes,
  ...statementRoutes,
  ...homeRoutes(needRows, publicPages),
  ...lookRoutes,
  ...whoWeAreRoutes,
  ...intakeRoutes,
  ...areaRoutes,
  ...organisationRoutes,
  ...peopleRoutes,
  ...personRoutes,
  ...postRoutes,
  ...leavingRoutes,
  ...seatRoutes,
  ...bodyRoutes,
  ...meetingRoutes,
  ...releaseRoutes,
  ...evidenceIntakeRoutes(`concord ${version}`),
  ...referenceRoutes,
  ...coverageRoutes,
  ...definitionRoutes,
  ...indicatorRoutes(`concord ${version}`),
  ...figureRoutes(`concord ${version}`),
  ...helpRoutes,
  ...verifyRoutes,
  ...needBesideRoutes,
  ...referralRoutes,
  ...directoryRoutes,
  ...questionRoutes(`concord ${version}`),
  ...findingRoutes,
  ...driverRoutes,
  ...priorityRoutes,
  ...workbenchRoutes(`concord ${version}`, plannedHere),
  ...agreementRoutes,
  ...sourceRoutes,
  ...mappingRoutes,
  ...strategyRoutes,
  ...aimRoutes,
  ...actionRoutes,
  ...planRoutes,
  ...measureRoutes,
  ...grantRoutes,
  ...riskRoutes,
  ...theoryRoutes,
  ...interventionRoutes,
  ...approachRoutes,
  ...evaluationRoutes,
  ...lessonRoutes,
  ...documentRoutes,
  ...reviewRoutes,
  ...readinessRoutes,
  ...threadRoutes,
  ...jobRoutes,
  ...accessRoutes,
  ...accessReviewRoutes,
  ...auditRoutes,
];
