import type { FormatName, SourceFormat } from '../source.ts';
import { forceExtract } from './force-extract.ts';
import { policeUkStreet } from './police-uk-street.ts';

/** Every kind of file that Concord reads. */
export const formats: readonly SourceFormat[] = [forceExtract, policeUkStreet];

export const formatOf = (name: FormatName): SourceFormat | undefined => formats.find((format) => format.name === name);
