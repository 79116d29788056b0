import { documentStyles } from '../documents/index.ts';
import { assets } from '../govuk/index.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import type { Records } from '../platform/database/database.ts';
import { createApp } from '../platform/http/app.ts';
import { ByteCache } from '../platform/http/byte-cache.ts';
import { framing } from '../platform/http/frame.tsx';
import { refusalPage } from '../platform/http/refusal.page.tsx';
import type { Equipment } from '../platform/http/equipment.ts';
import type { BrokenRequestStatus } from '../platform/http/server.ts';
import type { Log } from '../platform/log.ts';
import { routes } from './routes.ts';

export interface WebOptions {
  readonly records: Records;
  readonly equipment: Equipment;
  readonly log: Log;
  /** The installation's own name. */
  readonly name: string;
  readonly clock?: Clock;
}

/** Public pages are kept this long, and this many of them. */
const keptMilliseconds = 5_000;
const keptPages = 1_000;

const nobody = { person: undefined, partnership: undefined, roles: [], session: undefined };

/** The whole web application over an opened installation: the same for production and for tests. */
export function createWeb({ records, equipment, log, name, clock = systemClock }: WebOptions) {
  const files = assets('/assets', documentStyles);
  const frame = framing({
    routes,
    installation: name,
    mode: equipment.mode,
    standsOn: equipment.standsOn,
    assetHref: (file) => files.find((asset) => asset.name === file)?.href ?? '',
  });
  const cache = new ByteCache(keptMilliseconds, keptPages);
  const byName = new Map(files.map((file) => [file.href.slice(file.href.lastIndexOf('/') + 1), file]));
  const { fetch } = createApp({ routes, records, equipment, log, clock, cache, frame, assets: byName });
  return {
    fetch,
    cache,
    brokenRequestPage: (status: BrokenRequestStatus) => frame(refusalPage(status), nobody, '/'),
  };
}
