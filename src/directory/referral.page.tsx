import { formatDate, type IsoDate } from '../duty/index.ts';
import {
  Button,
  EmptyList,
  Input,
  InsetText,
  Radios,
  ScrollBox,
  Select,
  SummaryList,
  Table,
  Textarea,
  WarningText,
} from '../govuk/index.ts';
import { formPage, valueOf, type Errors, type Typed } from '../platform/http/form.page.tsx';
import type { Page } from '../platform/http/route.ts';
import { momentText } from '../platform/moment.ts';
import { directoryHref } from './directory.page.tsx';
import { answersOpen, referralAnswerLabels, referralStateLabels } from './referral.ts';
import type { Organisation, ReferralListed, ReferralSeen } from './referral.store.ts';

export const referralsHref = (slug: string): string => `/${slug}/referrals`;
const marking = { text: 'OFFICIAL-SENSITIVE', handling: 'About a named person: for the two organisations only' };
const inDirectory = (slug: string) => [{ text: 'Directory of services', href: directoryHref(slug) }];
const inReferrals = (slug: string) => [...inDirectory(slug), { text: 'Referrals', href: referralsHref(slug) }];
const yesNo = [
  { value: 'yes', text: 'Yes' },
  { value: 'no', text: 'No' },
];

export function referralsPage({
  slug,
  referrals,
  isOn,
  maySet,
  today,
}: {
  readonly slug: string;
  readonly referrals: readonly ReferralListed[];
  readonly isOn: boolean;
  readonly maySet: boolean;
  readonly today: IsoDate;
}): Page {
  return {
    title: 'Referrals',
    wide: true,
    breadcrumbs: inDirectory(slug),
    main: (
      <>
        <h1 class="govuk-heading-l">Referrals</h1>
        <p class="govuk-body">
          Referrals of named people that your organisation sent or was sent. Nobody else sees them, and this list says
          no name. Each is deleted on its day.
        </p>
        {!isOn && (
          <InsetText>
            Referral of named people is off. Hand over the card of a service instead: it needs no personal data.
          </InsetText>
        )}
        {maySet && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${referralsHref(slug)}/switch`}>
              Switch referrals on or off
            </a>
          </p>
        )}
        {referrals.length === 0 ? (
          <EmptyList title="No referral is here">
            Open a service in the directory to refer somebody to it, where referrals are on.
          </EmptyList>
        ) : (
          <ScrollBox label="Table of referrals">
            <Table
              caption="Referrals"
              captionClasses="govuk-visually-hidden"
              firstCellIsHeader
              head={['Referral', 'From', 'To', 'State', 'Answer by', 'Deleted on']}
              rows={referrals.map((referral) => [
                <a class="govuk-link" href={`${referralsHref(slug)}/${referral.id}`}>
                  {referral.service}, sent {formatDate(referral.sentOn)}
                </a>,
                referral.from,
                referral.to,
                referralStateLabels[referral.state],
                referral.answerBy === null
                  ? 'Ended'
                  : `${formatDate(referral.answerBy)}${referral.answerBy < today ? ': no answer came' : ''}`,
                formatDate(referral.deleteOn),
              ])}
            />
          </ScrollBox>
        )}
      </>
    ),
  };
}

export function switchPage({
  slug,
  agreements,
  typed,
  errors = {},
}: {
  readonly slug: string;
  readonly agreements: readonly { readonly id: string; readonly title: string }[];
  readonly typed: Typed;
  readonly errors?: Errors;
}): Page {
  return formPage({
    title: 'Referral of named people',
    breadcrumbs: inReferrals(slug),
    action: `${referralsHref(slug)}/switch`,
    button: 'Save',
    cancelHref: referralsHref(slug),
    errors,
    ids: { isOn: 'isOn' },
    intro: (
      <>
        <p class="govuk-body">
          While this is off, the directory knows nothing of anybody who is helped. Switch it on only with a signed
          agreement between the organisations and an approved data protection impact assessment (DPIA).
        </p>
        {agreements.length === 0 && (
          <InsetText>No signed agreement holds today. Add one under agreements first.</InsetText>
        )}
      </>
    ),
    children: (
      <>
        <Radios
          name="isOn"
          idPrefix="isOn"
          fieldset={{ legend: 'Referral of named people is' }}
          value={valueOf(typed, 'isOn', 'no')}
          errorMessage={errors['isOn']}
          items={[
            { value: 'yes', text: 'On' },
            { value: 'no', text: 'Off' },
          ]}
        />
        <Select
          name="agreement"
          label="Agreement under which names are shared"
          value={valueOf(typed, 'agreement')}
          errorMessage={errors['agreement']}
          items={[{ value: '', text: 'Choose' }, ...agreements.map(({ id, title }) => ({ value: id, text: title }))]}
        />
        <Input name="dpia" label="Reference of the DPIA" value={valueOf(typed, 'dpia')} errorMessage={errors['dpia']} />
        <Input
          name="dpiaOn"
          label="Day on which the DPIA was approved"
          hint="As year-month-day, such as 2026-05-01"
          value={valueOf(typed, 'dpiaOn')}
          errorMessage={errors['dpiaOn']}
        />
        <Input
          name="keepDays"
          label="Days until a referral is deleted"
          hint="Counted from its last answer, 7 to 730"
          value={valueOf(typed, 'keepDays', '180')}
          errorMessage={errors['keepDays']}
          inputmode="numeric"
        />
        <Input
          name="answerDays"
          label="Days within which an answer has to come"
          hint="After that the sender is told, 1 to 30"
          value={valueOf(typed, 'answerDays', '5')}
          errorMessage={errors['answerDays']}
          inputmode="numeric"
        />
      </>
    ),
  });
}

export function referPage({
  slug,
  service,
  provider,
  from,
  accounts,
  typed = {},
  errors = {},
}: {
  readonly slug: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly provider: string;
  readonly from: readonly Organisation[];
  readonly accounts: readonly Organisation[];
  readonly typed?: Typed;
  readonly errors?: Errors;
}): Page {
  const choose = (organisations: readonly Organisation[]) => [
    ...(organisations.length === 1 ? [] : [{ value: '', text: 'Choose' }]),
    ...organisations.map(({ id, name }) => ({ value: id, text: name })),
  ];
  return {
    ...formPage({
      title: `Refer somebody to ${service.name}`,
      breadcrumbs: [...inDirectory(slug), { text: service.name, href: `${directoryHref(slug)}/${service.id}` }],
      action: `${directoryHref(slug)}/${service.id}/refer`,
      button: 'Send the referral',
      cancelHref: `${directoryHref(slug)}/${service.id}`,
      errors,
      ids: { health: 'health', canConsent: 'canConsent', consented: 'consented' },
      intro: (
        <>
          <p class="govuk-body">
            It goes to one person at {provider}, who signs in to read it. Only your organisation and theirs can see it.
            It is deleted on its own some time after the last answer.
          </p>
          <InsetText>Write only what the service needs to get in touch and to help.</InsetText>
        </>
      ),
      children: (
        <>
          <Select
            name="from"
            label="You refer for"
            value={valueOf(typed, 'from')}
            errorMessage={errors['from']}
            items={choose(from)}
          />
          <Select
            name="sentTo"
            label={`Who at ${provider} is to answer?`}
            value={valueOf(typed, 'sentTo')}
            errorMessage={errors['sentTo']}
            items={choose(accounts)}
          />
          <Input
            name="name"
            label="Name of the person"
            value={valueOf(typed, 'name')}
            errorMessage={errors['name']}
            autocomplete="off"
          />
          <Input
            name="age"
            label="Age or date of birth (optional)"
            value={valueOf(typed, 'age')}
            errorMessage={errors['age']}
            autocomplete="off"
          />
          <Input
            name="contact"
            label="How to reach them safely (optional)"
            value={valueOf(typed, 'contact')}
            errorMessage={errors['contact']}
            autocomplete="off"
          />
          <Textarea
            name="why"
            label="What does the service have to know?"
            value={valueOf(typed, 'why')}
            errorMessage={errors['why']}
            rows={5}
          />
          <Radios
            name="health"
            idPrefix="health"
            fieldset={{ legend: 'Is anything here about health, diagnosis, care or treatment?' }}
            value={valueOf(typed, 'health')}
            errorMessage={errors['health']}
            items={yesNo}
          />
          <Radios
            name="canConsent"
            idPrefix="canConsent"
            fieldset={{ legend: 'Is the person able to consent?' }}
            hint="Of an age and in a state to understand what it means"
            value={valueOf(typed, 'canConsent')}
            errorMessage={errors['canConsent']}
            items={yesNo}
          />
          <Radios
            name="consented"
            idPrefix="consented"
            fieldset={{ legend: 'Did the person consent to this referral?' }}
            value={valueOf(typed, 'consented')}
            errorMessage={errors['consented']}
            items={yesNo}
          />
          <Textarea
            name="overrideReason"
            label="If not, what is the safeguarding reason to refer all the same?"
            value={valueOf(typed, 'overrideReason')}
            errorMessage={errors['overrideReason']}
            rows={3}
          />
        </>
      ),
    }),
    marking,
    notKept: true,
  };
}

export function referralPage({
  slug,
  referral,
  names,
  today,
  error,
  note = '',
}: {
  readonly slug: string;
  readonly referral: ReferralSeen;
  readonly names: ReadonlyMap<string, string>;
  readonly today: IsoDate;
  readonly error?: string | undefined;
  readonly note?: string;
}): Page {
  const open = answersOpen(referral.state, referral.side);
  const who = (id: string) => names.get(id) ?? 'Somebody who has left';
  return {
    title: `Referral of ${formatDate(referral.sentOn)}`,
    breadcrumbs: inReferrals(slug),
    marking,
    notKept: true,
    hasErrors: error !== undefined,
    main: (
      <>
        <h1 class="govuk-heading-l">Referral of {formatDate(referral.sentOn)}</h1>
        {referral.answerBy !== null && referral.answerBy < today && (
          <WarningText iconFallbackText="Warning">
            No answer came by {formatDate(referral.answerBy)}. Speak with the other organisation.
          </WarningText>
        )}
        <SummaryList
          rows={[
            { key: 'State', value: referralStateLabels[referral.state] },
            { key: 'Service', value: referral.service },
            { key: 'From', value: `${who(referral.sentBy)}, ${referral.from}` },
            { key: 'To', value: `${who(referral.sentTo)}, ${referral.to}` },
            { key: 'Person', value: referral.name },
            referral.age !== null && { key: 'Age', value: referral.age },
            referral.contact !== null && { key: 'How to reach them', value: referral.contact },
            { key: 'What to know', value: referral.why },
            {
              key: 'Consent',
              value: referral.consented
                ? 'Able to consent, and consented'
                : referral.canConsent
                  ? 'Able to consent, and did not'
                  : 'Not able to consent',
            },
            referral.overrideReason !== null && { key: 'Safeguarding reason', value: referral.overrideReason },
            { key: 'Deleted on', value: formatDate(referral.deleteOn) },
          ]}
        />
        {referral.answers.length > 0 && (
          <>
            <h2 class="govuk-heading-m">Answers</h2>
            <ul class="govuk-list govuk-list--spaced">
              {referral.answers.map((answer) => (
                <li>
                  {momentText(answer.at)}, {who(answer.by)}: {referralStateLabels[answer.answer]}
                  {answer.note !== null && `. “${answer.note}”`}
                </li>
              ))}
            </ul>
          </>
        )}
        {open.length > 0 && (
          <form method="post" action={`${referralsHref(slug)}/${referral.id}`} novalidate>
            <Radios
              name="answer"
              idPrefix="answer"
              fieldset={{ legend: referral.side === 'to' ? 'Your answer' : 'Take it back' }}
              errorMessage={error}
              items={open.map((value) => ({ value, text: referralAnswerLabels[value] }))}
            />
            <Textarea
              name="note"
              label="Note (optional)"
              hint="The other organisation reads it; it is deleted with the referral"
              value={note}
              rows={3}
            />
            <Button preventDoubleClick>Save the answer</Button>
          </form>
        )}
      </>
    ),
  };
}
