import { createHash } from 'node:crypto';

/** The version of something whose changes are not kept one by one, such as what was agreed: whoever saves must have seen it as it is. */
export const versionOfContent = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
