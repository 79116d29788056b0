/**
 * The legal powers under which partners share data about serious violence. A power permits; none obliges but section 17
 * of the Police, Crime, Sentencing and Courts Act 2022 (PCSC) and section 17A of the Crime and Disorder Act 1998 (CDA).
 */
export const gateways = {
  'pcsc-16': {
    label: 'Police, Crime, Sentencing and Courts Act 2022 section 16',
    who: 'Specified authorities, policing bodies, schools, prisons and youth custody share with each other.',
    limit:
      'No patient information, and nothing that identifies a person from a health or social care authority (section 16(4)).',
  },
  'pcsc-17': {
    label: 'Police, Crime, Sentencing and Courts Act 2022 section 17',
    who: 'The local policing body asks, and the authority must answer.',
    limit: 'The policing body may use it only for its functions under section 14.',
  },
  'pcsc-10': {
    label: 'Regulations under section 10 of the Police, Crime, Sentencing and Courts Act 2022',
    who: 'People whom the regulations name.',
    limit: 'Never patient information, nor what identifies a person from a health authority.',
  },
  'cda-17a': {
    label: 'Crime and Disorder Act 1998 section 17A',
    who: 'Relevant authorities share listed data with each other every quarter.',
    limit: 'Depersonalised data only.',
  },
  'cda-115': {
    label: 'Crime and Disorder Act 1998 section 115',
    who: 'Anyone may share with a relevant authority.',
    limit: 'Only what is necessary or expedient for the Act.',
  },
  istv: {
    label: 'Information Sharing to Tackle Violence (DCB1594)',
    who: 'Emergency departments send assaults to the community safety partnership each month.',
    limit: 'Anonymised data only.',
  },
  'children-act-10': {
    label: 'Children Act 2004 sections 10 and 11',
    who: 'Those who work with children share to protect them.',
    limit: 'Only what is needed for the welfare of the child.',
  },
  'common-law': {
    label: 'Common law, in the public interest',
    who: 'Whoever holds it, where the public interest outweighs the duty of confidence.',
    limit: 'Weighed and written down each time.',
  },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly who: string; readonly limit: string }>>;

export type Gateway = keyof typeof gateways;

export const gatewayNames = Object.keys(gateways) as [Gateway, ...Gateway[]];
