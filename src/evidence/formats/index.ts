import type { FormatName, SourceFormat } from '../source.ts';
import { ambulance } from './ambulance.ts';
import { ecds } from './ecds.ts';
import { exclusions } from './exclusions.ts';
import { fire } from './fire.ts';
import { forceExtract } from './force-extract.ts';
import { generic } from './generic.ts';
import { hoRecordedCrime } from './ho-recorded-crime.ts';
import { hospitalAdmissions } from './hospital-admissions.ts';
import { istv } from './istv.ts';
import { policeUkOutcomes } from './police-uk-outcomes.ts';
import { policeUkStopAndSearch } from './police-uk-stop-and-search.ts';
import { policeUkStreet } from './police-uk-street.ts';
import { probation } from './probation.ts';
import { treatment } from './treatment.ts';
import { youthJustice } from './youth-justice.ts';

const byName: Readonly<Record<FormatName, SourceFormat>> = {
  'force-extract': forceExtract,
  'police-uk-street': policeUkStreet,
  'police-uk-outcomes': policeUkOutcomes,
  'police-uk-stop-and-search': policeUkStopAndSearch,
  'ho-recorded-crime': hoRecordedCrime,
  istv,
  ecds,
  ambulance,
  fire,
  'hospital-admissions': hospitalAdmissions,
  'youth-justice': youthJustice,
  probation,
  treatment,
  exclusions,
  generic,
};

/** Every kind of file that Concord reads. */
export const formats: readonly SourceFormat[] = Object.values(byName);

export const formatOf = (name: FormatName): SourceFormat => byName[name];
