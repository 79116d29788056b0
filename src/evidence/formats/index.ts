import type { FormatName, SourceFormat } from '../source.ts';
import { policeUkStreet } from './police-uk-street.ts';

/** Every kind of file that Concord reads. */
export const formats: readonly SourceFormat[] = [policeUkStreet];

export const formatOf = (name: FormatName): SourceFormat | undefined => formats.find((format) => format.name === name);
