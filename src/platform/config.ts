import { resolve } from 'node:path';
import { z } from 'zod';

/**
 * Everything that an installation may be told from outside, with its meaning. `docs/reference/configuration.md` is
 * written from these descriptions. Nothing else in the house reads the environment.
 */
const settings = z.object({
  CONCORD_DATA: z
    .string()
    .default('./data')
    .describe('Folder of this installation: its secrets, its releases and, without DATABASE_URL, its PostgreSQL.'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe(
      'A PostgreSQL server (15 to 18), as a role that may create roles. Without it, Concord runs the PostgreSQL that npm brought.',
    ),
  HOST: z
    .string()
    .optional()
    .describe('Address to listen on. In example mode it must be this machine only (127.0.0.1, the default).'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'It has to be a number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'It has to be a number from 0 to 65535')
    .default(3000)
    .describe('Port to listen on.'),
  CONCORD_ORIGIN: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'The address that people type, such as https://safety.example.gov.uk. With https, cookies are sent over https only.',
    ),
  SMTP_URL: z
    .string()
    .optional()
    .describe('Mail server, such as smtps://name:password@mail.example.gov.uk. Without it, mail waits in the outbox.'),
  MAIL_FROM: z.string().default('Concord <no-reply@localhost>').describe('Sender of every mail.'),
  CONCORD_LOG: z
    .enum(['quiet', 'normal', 'detailed'])
    .default('normal')
    .describe('How much is written to the log on standard error.'),
});

export interface Config {
  /** Absolute path of the data folder. */
  readonly data: string;
  readonly databaseUrl: string | undefined;
  readonly host: string | undefined;
  readonly port: number;
  readonly origin: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  readonly log: 'quiet' | 'normal' | 'detailed';
}

export class WrongSetting extends Error {}

/** Reads the settings once. @throws WrongSetting that names the setting and what is wrong with it. */
export function readConfig(
  given: { readonly data?: string | undefined } = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const present = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(present);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new WrongSetting(`The setting ${issue?.path.join('.') ?? ''} is wrong: ${issue?.message ?? ''}.`);
  }
  const s = parsed.data;
  return Object.freeze({
    data: resolve(given.data ?? s.CONCORD_DATA),
    databaseUrl: s.DATABASE_URL,
    host: s.HOST,
    port: s.PORT,
    origin: s.CONCORD_ORIGIN === undefined ? undefined : new URL(s.CONCORD_ORIGIN).origin,
    smtpUrl: s.SMTP_URL,
    mailFrom: s.MAIL_FROM,
    log: s.CONCORD_LOG,
  });
}

/** Each setting with its meaning and default, for the reference page. */
export const settingsExplained: readonly { name: string; meaning: string; default: string }[] = Object.entries(
  settings.shape,
).map(([name, schema]) => {
  const empty = schema.safeParse(undefined);
  return { name, meaning: schema.description ?? '', default: empty.data === undefined ? '' : String(empty.data) };
});
