/**
 * The names by which an agreement says which data it covers: those of the formats in which partners' data come in. What
 * a format holds is the business of the slice that reads it; here stands only what an agreement has to name.
 */
export const sourceNames = [
  'force-extract',
  'police-uk-street',
  'police-uk-outcomes',
  'police-uk-stop-and-search',
  'ho-recorded-crime',
  'istv',
  'ecds',
  'ambulance',
  'fire',
  'hospital-admissions',
  'youth-justice',
  'probation',
  'treatment',
  'exclusions',
  'generic',
] as const;

export type SourceName = (typeof sourceNames)[number];

/** As they stand within a sentence: "does not cover ambulance records". */
export const sourceLabels: Readonly<Record<SourceName, string>> = {
  'force-extract': 'crime records from the police force',
  'police-uk-street': 'street crime from police.uk',
  'police-uk-outcomes': 'outcomes from police.uk',
  'police-uk-stop-and-search': 'stop and search from police.uk',
  'ho-recorded-crime': 'recorded crime tables of the Home Office',
  istv: 'emergency department assaults (ISTV)',
  ecds: 'emergency care records (ECDS)',
  ambulance: 'ambulance records',
  fire: 'fire and rescue records',
  'hospital-admissions': 'hospital admissions',
  'youth-justice': 'youth justice records',
  probation: 'probation records',
  treatment: 'drug and alcohol treatment records',
  exclusions: 'school exclusions and suspensions',
  generic: 'other data, mapped by hand',
};

/** As they begin a line. */
export const sourceTitle = (source: SourceName): string =>
  sourceLabels[source].charAt(0).toUpperCase() + sourceLabels[source].slice(1);
