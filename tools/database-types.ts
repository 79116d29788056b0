// Writes src/platform/database/schema.ts from a freshly migrated database.        node tools/database-types.ts
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDatabase } from '../src/platform/database/describe.ts';
import { joinCluster } from '../src/platform/database/cluster.ts';
import { migrate } from '../src/platform/database/migrate.ts';

const data = mkdtempSync(join(tmpdir(), 'concord-types-'));
const cluster = await joinCluster(data);
try {
  await migrate(cluster.admin, data);
  writeFileSync(new URL('../src/platform/database/schema.ts', import.meta.url), await describeDatabase(cluster.admin));
} finally {
  await cluster.leave();
  rmSync(data, { recursive: true, force: true });
}
