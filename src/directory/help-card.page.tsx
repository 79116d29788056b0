import qrcode from 'qrcode-generator';
import { addDays, isoWeekday, type IsoDate } from '../duty/index.ts';
import { Textarea } from '../govuk/index.ts';
import type { Page } from '../platform/http/route.ts';
import { contactOf, helpHref, helpPage, InDanger, referWords } from './help.page.tsx';
import type { HelpService } from './help.store.ts';
import { weekOf } from './opening.ts';
import { textIn } from './standard.ts';

/** Of the QR code, in units: the four empty modules round it are what readers need (ISO/IEC 18004). */
const quiet = 4;

function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const size = count + 2 * quiet;
  let path = '';
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1)
      if (code.isDark(row, column)) path += `M${column + quiet} ${row + quiet}h1v1h-1z`;
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width="180"
      height="180"
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#0b0c0c" />
    </svg>
  );
}

/** What is handed over: nothing of it says who got it, or who gave it. */
export function helpCardPage({
  slug,
  service: { id, document, prevention },
  today,
  origin,
}: {
  readonly slug: string;
  readonly service: HelpService;
  readonly today: IsoDate;
  readonly origin: string;
}): Page {
  const name = textIn(document, 'name') ?? '';
  const { phones, email, url, addresses } = contactOf(document);
  const monday = addDays(today, 1 - isoWeekday(today));
  const week = weekOf(
    document,
    Array.from({ length: 7 }, (_, day) => addDays(monday, day)),
  ).map(({ day, hours }) => `${day}: ${hours}`);
  const href = `${helpHref(slug)}/${id}`;
  const lines = [
    ...phones.map((phone) => `Phone: ${phone}`),
    ...(email === undefined ? [] : [`Email: ${email}`]),
    ...addresses.slice(0, 3),
    ...referWords(prevention),
    ...week,
  ];
  const copied = [name, ...lines, ...(url === undefined ? [] : [url]), 'In danger now: call 999.'].join('\n');
  return {
    title: `Card: ${name}`,
    ...helpPage,
    breadcrumbs: [
      { text: 'Find help', href: helpHref(slug) },
      { text: name, href },
    ],
    main: (
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h1 class="govuk-heading-l">A card to hand over</h1>
          <div class="concord-screen-only">
            <p class="govuk-body">
              Print this page, let somebody scan the square with their phone, or copy the text. Nothing is kept about
              you or about them. Ask first whether it is safe for them to have it: somebody may look at their phone or
              their bag.
            </p>
          </div>
          <section class="concord-help-card" aria-label="The card">
            <h2 class="govuk-heading-m">{name}</h2>
            {lines.map((line) => (
              <p class="govuk-body govuk-!-margin-bottom-1">{line}</p>
            ))}
            <QrCode text={`${origin}${href}`} label={`QR code of the page about ${name}`} />
            <p class="govuk-body-s">In danger now: call 999. If you cannot speak, press 55 when asked.</p>
          </section>
          <div class="concord-screen-only">
            <Textarea
              name="copy"
              label="Text to copy into a message"
              value={copied}
              rows={Math.min(12, lines.length + 3)}
            />
          </div>
          <InDanger />
        </div>
      </div>
    ),
  };
}
