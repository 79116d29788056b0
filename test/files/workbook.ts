import { zipFile, type ZipEntry } from './zip-file.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface WorkbookParts {
  /** The XML within `<worksheet>`, by name of the sheet. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The XML of each `<si>`. */
  readonly shared?: readonly string[];
  /** The XML within `<styleSheet>`. */
  readonly styles?: string;
  /** Attributes of each `<sheet>`, such as `state="hidden"`. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: string;
  /** In the place of what would stand there. */
  readonly parts?: Readonly<Record<string, string | Buffer>>;
}

/** A workbook as ECMA-376 describes it. */
export function workbook({ sheets, shared = [], styles = '', ...more }: WorkbookParts): Buffer {
  const names = Object.keys(sheets);
  const list = names.map(
    (name, at) => `<sheet name="${name}" sheetId="${at + 1}" ${more.attributes?.[name] ?? ''} r:id="rId${at + 1}"/>`,
  );
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const relations = (all: readonly string[]) =>
    `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}">${more.properties ?? ''}<sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
      relation('rId901', 'sharedStrings', '/xl/sharedStrings.xml'),
      relation('rId902', 'styles', 'styles.xml'),
    ]),
    'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${shared.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}">${styles}</styleSheet>`,
    ...Object.fromEntries(
      names.map((name, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `${head}<worksheet xmlns="${main}">${sheets[name] ?? ''}</worksheet>`,
      ]),
    ),
    ...more.parts,
  };
  return zipFile(Object.entries(parts).map(([name, content]): ZipEntry => ({ name, content })));
}
