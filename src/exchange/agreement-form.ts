import { z } from 'zod';
import { formatDate, handlingLineSchema, markingLevels, type IsoDate, type Marking } from '../duty/index.ts';
import { dateField, nameField, textField } from '../partnership/index.ts';
import { levels, type Agreement, type AgreementWanted, type Party } from './agreement.ts';
import { gatewayNames } from './gateway.ts';
import { sourceNames } from './source.ts';

/** Organisations that one form takes on each side. */
export const mostParties = 40;

/** A day of the calendar, as people write it, or nothing. Whether an agreement holds cannot hang on "early 2024". */
const dayField = () =>
  dateField().refine(
    (date) => date === null || (date.earliest !== null && date.earliest === date.latest),
    'Enter one day, such as 31 March 2027',
  );
const dayOf = (date: { readonly latest: IsoDate | null } | null): IsoDate | null => date?.latest ?? null;

const wordsField = (what: string, most: number) =>
  z
    .string(`Enter ${what}`)
    .trim()
    .min(1, `Enter ${what}`)
    .max(most, `Enter ${what} in ${most.toLocaleString('en-GB')} characters or fewer`);

/** A field that may be sent several times. */
const severalField = (most: number) =>
  z
    .union([z.string().max(200), z.array(z.string().max(200)).max(most)])
    .default([])
    .transform((cells) => (typeof cells === 'string' ? [cells] : cells));

export const agreementForm = z.object({
  title: nameField('the title of the agreement'),
  purpose: wordsField('what the data are shared for', 2_000),
  level: z.enum(levels, 'Choose whether records of single events are shared, or counts only'),
  gateway: z.enum(gatewayNames, 'Choose the power under which the data are shared'),
  sender: severalField(mostParties),
  receiver: severalField(mostParties),
  sources: severalField(sourceNames.length),
  marking: z.enum(markingLevels, 'Choose the marking of the data'),
  handling: textField(2_000),
  signedOn: dayField(),
  starts: dayField(),
  ends: dayField(),
  reviewDue: dayField(),
  notes: textField(4_000),
});

/** @see `versionOf`: what the form was made from */
export const changeAgreementForm = agreementForm.extend({ version: z.string().max(60).default('') });

export const endAgreementForm = z.object({
  endedOn: dayField(),
  because: wordsField('why it ends', 1_000),
});

export type Mistakes = Readonly<Record<string, string>>;

/**
 * The agreement that a form asks for, or what is wrong with it by field.
 * @param organisations ids of those that the register knows
 */
export function agreementWanted(
  form: z.infer<typeof agreementForm>,
  organisations: ReadonlySet<string>,
): { readonly wanted: AgreementWanted } | { readonly errors: Mistakes } {
  const errors: Record<string, string> = {};
  const days = {
    signedOn: dayOf(form.signedOn),
    starts: dayOf(form.starts),
    ends: dayOf(form.ends),
    reviewDue: dayOf(form.reviewDue),
  };
  if (days.signedOn !== null && days.starts === null)
    errors['starts'] = 'Enter the day from which the signed agreement holds';
  if (days.starts !== null && days.ends !== null && days.ends < days.starts)
    errors['ends'] = 'The end is before the beginning. Enter a later day';
  const sources = sourceNames.filter((name) => form.sources.includes(name));
  if (sources.length === 0) errors['sources'] = 'Choose the data that the agreement covers';
  const marking = markingOf(form.marking, form.handling);
  if (typeof marking === 'string') errors['handling'] = marking;
  const read = partiesOf(form, organisations);
  Object.assign(errors, read.errors);
  if (Object.keys(errors).length > 0 || typeof marking === 'string') return { errors };
  const { title, purpose, level, gateway, notes } = form;
  return { wanted: { title, purpose, level, gateway, notes, ...days, marking, sources, parties: read.parties } };
}

/** Handling lines stand one below the other. */
function markingOf(level: Marking['level'], typed: string | null): Marking | string {
  const lines = (typed ?? '').split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length > 10) return 'Enter 10 handling lines or fewer';
  if (lines.length > 0 && level === 'unmarked')
    return 'Choose OFFICIAL or OFFICIAL-SENSITIVE, or take the handling lines away';
  const read = lines.map((line) => handlingLineSchema.safeParse(line));
  const handling = read.flatMap(({ data }) => data ?? []);
  if (handling.length < lines.length)
    return 'Enter handling lines of 200 characters or fewer, such as for members of the committee only';
  return { level, handling: [...new Set(handling)].sort() };
}

/** Lines without an organisation are left out. Whoever stands on both sides sends and receives. */
function partiesOf(
  { sender, receiver }: Pick<z.infer<typeof agreementForm>, 'sender' | 'receiver'>,
  organisations: ReadonlySet<string>,
): { readonly parties: readonly Party[]; readonly errors: Mistakes } {
  const errors: Record<string, string> = {};
  const side = (name: string, lines: readonly string[]): readonly string[] => {
    lines.forEach((id, at) => {
      if (id === '') return;
      if (!organisations.has(id)) errors[`${name}-${at + 1}`] = 'Choose an organisation from the list';
      else if (lines.indexOf(id) < at) errors[`${name}-${at + 1}`] = 'It stands further up already. Choose each once';
    });
    return lines.filter((id) => id !== '');
  };
  const senders = side('sender', sender);
  const receivers = side('receiver', receiver);
  if (senders.length === 0) errors['sender-1'] = 'Choose an organisation that sends data';
  if (receivers.length === 0) errors['receiver-1'] = 'Choose an organisation that receives data';
  const parties = [...new Set([...senders, ...receivers])].map((organisationId): Party => {
    const sends = senders.includes(organisationId);
    const receives = receivers.includes(organisationId);
    return { organisationId, role: sends && receives ? 'both' : sends ? 'sends' : 'receives' };
  });
  if (Object.keys(errors).length === 0 && parties.length < 2)
    errors['receiver-1'] = 'Choose another organisation that receives: an agreement is between two at least';
  return { parties, errors };
}

/** What stands against the end of an agreement on a day, as a sentence for that field. */
export function whyNoEnd(agreement: Agreement, endedOn: IsoDate | null): string | undefined {
  if (endedOn === null) return 'Enter the last day on which it holds';
  if (agreement.ends !== null && endedOn >= agreement.ends)
    return `It ends on ${formatDate(agreement.ends)} as it is. Enter an earlier day`;
  return undefined;
}
