import type { IsoDate } from '../../duty/index.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Links } from '../links/links.ts';
import type { Releases } from '../releases/ask.ts';

/** What handlers may use beside the records. */
export interface Equipment {
  readonly jobs: Jobs;
  readonly links: Links;
  readonly releases: Releases;
  /** `example` installations carry generated data and say so on every page. */
  readonly mode: 'example' | 'live';
  /** The day on which an example's clocks stand; null where the real day counts. */
  readonly standsOn: IsoDate | null;
  /** The address that people type, such as `https://safety.example.gov.uk`: the beginning of every link in a mail. */
  readonly origin: string;
  /** Whether the records answer now. */
  readonly isReady: () => Promise<boolean>;
  /** Whether letters leave the house. Where they do not, an administrator hands a link over in another way. */
  readonly sendsMail: boolean;
  /** Keys the hashes under which failed sign-ins are counted. */
  readonly failureKey: string;
}
