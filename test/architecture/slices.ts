import { createRequire } from 'node:module';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
}

/** The rules about imports, as dependency-cruiser reads them. */
export const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly Rule[];
};

const decisions = forbidden.find(({ name }) => name === 'decisions-are-pure')?.from.path ?? '';
/** The slices that those rules know. */
export const slices = /\((.+)\)/.exec(decisions)?.[1]?.split('|') ?? [];
