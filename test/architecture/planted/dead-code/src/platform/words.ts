import { z } from 'zod';
import { notInPackageJson } from 'not-in-package-json';

export const used = () => [z, notInPackageJson];
export const neverUsed = 1;
export interface NeverNamed {
  readonly a: 1;
}
export interface PartOfASignature {
  readonly a: 1;
}
export const alsoUsed = (part: PartOfASignature) => part;
