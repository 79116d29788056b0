import { exampleDirectoryIds } from '../src/directory/example-services.ts';
import { exampleAssessmentIds } from '../src/evidence/example-assessment.ts';
import { exampleCoverageIds } from '../src/evidence/example-coverage.ts';
import { exampleDefinitionIds } from '../src/evidence/example-definitions.ts';
import { exampleIntakeIds } from '../src/evidence/example-intake.ts';
import { exampleAgreementIds } from '../src/exchange/example-agreements.ts';
import { exampleBodyIds } from '../src/partnership/example-bodies.ts';
import { exampleOrganisationIds } from '../src/partnership/example-organisations.ts';
import { examplePeopleIds } from '../src/partnership/example-people.ts';
import { exampleAccessIds } from '../src/platform/identity/example-accounts.ts';
import { exampleStrategyIds } from '../src/strategy/example-strategy.ts';
import { exampleWorkedIds } from '../src/strategy/example-worked.ts';

const ofEachSlice: readonly Readonly<Record<string, string>>[] = [
  exampleIntakeIds,
  exampleOrganisationIds,
  exampleBodyIds,
  exampleCoverageIds,
  exampleDefinitionIds,
  exampleAssessmentIds,
  exampleAccessIds,
  examplePeopleIds,
  exampleAgreementIds,
  exampleDirectoryIds,
  exampleStrategyIds,
  exampleWorkedIds,
];
const kinds = ofEachSlice.flatMap((ids) => Object.keys(ids));
const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
if (twice !== undefined) throw new Error(`two slices give an example of ${twice}`);

/** The ids of the example's records, by the kind that a route's example asks for: whoever visits every route needs them. */
export const exampleIds: Readonly<Record<string, string>> = Object.assign({}, ...ofEachSlice) as Record<string, string>;
