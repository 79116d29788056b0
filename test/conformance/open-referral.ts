import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import addFormatsModule from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const folder = fileURLToPath(new URL('../../../shared/standards/oruk/hsds-uk-3.0', import.meta.url));

/** Whether the official schemas lie beside this repository: they are not ours to ship. */
export const hasOfficialSchemas = existsSync(join(folder, 'schema'));

const address = 'https://openreferraluk.org/specifications/3.0/schema';
// The package's types describe its CommonJS shape.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void;

/** The official HSDS-UK 3.0 schemas, with their formats asserted as the official validator asserts them. */
export function officialSchemas(): (name: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('datetime', true);
  ajv.addFormat('csv', true);
  for (const file of readdirSync(join(folder, 'schema')))
    ajv.addSchema(JSON.parse(readFileSync(join(folder, 'schema', file), 'utf8')) as object, `${address}/${file}`);
  return (name) => {
    const validate = ajv.getSchema(`${address}/${name}.json`);
    if (validate === undefined) throw new Error(`no official schema ${name}`);
    return validate as ValidateFunction;
  };
}

/** What the official schema says against a body: nothing, where it conforms. */
export function complaintsOf(validate: ValidateFunction, body: unknown): readonly string[] {
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** An example of the standard itself, by its file's name. */
export const officialExample = (name: string): unknown =>
  JSON.parse(readFileSync(join(folder, 'examples', `${name}.json`), 'utf8'));
