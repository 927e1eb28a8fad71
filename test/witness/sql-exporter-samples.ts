import type { Column } from '../../src/simulator/catalog/table.ts';
import type { SqlValue } from '../../src/simulator/sql-type.ts';
import { startReferenceParser } from '../metrics/reference-parser.ts';
import type { SqlExporter } from './sql-exporter.ts';

/** A sample as `name{label="value",…} value`, labels in alphabetical order and without those of every sample. */
export type SampleText = string;

const labelsOfEverySample: readonly string[] = ['driver', 'database', 'sql_job', 'user'];

/** The samples of queries, sorted; the host is left in, its port's number replaced by a name. */
export async function queriedSamples(
  exporter: SqlExporter,
  hosts: Readonly<Record<string, string>>,
): Promise<readonly SampleText[]> {
  const parser = startReferenceParser();
  try {
    const families = await parser.parse(await exporter.scrape(), 'text');
    return families
      .flatMap(({ samples }) => samples)
      .filter(({ name }) => name.startsWith('sql_') && !name.startsWith('sql_exporter_'))
      .map(({ name, labels, value }) => {
        const { host = '', ...own } = labels;
        return sampleText(name, { end: hosts[host] ?? host, ...own }, value);
      })
      .sort();
  } finally {
    await parser.stop();
  }
}

/** The text of a sample, as `queriedSamples` gives it; an empty label is the same as none. */
export function sampleText(name: string, labels: Readonly<Record<string, string>>, value: number): SampleText {
  const written = Object.entries(labels)
    .filter(([label, text]) => text !== '' && !labelsOfEverySample.includes(label))
    .sort(([first], [second]) => (first < second ? -1 : 1))
    .map(([label, text]) => `${label}=${JSON.stringify(text)}`);
  return `${name}{${written.join(',')}} ${value}`;
}

/** SQL that gives a column as text, `NULL` for NULL: labels must be text. */
export function columnAsText({ name, type }: Column): string {
  switch (type.name) {
    case 'char':
    case 'nchar':
    case 'varchar':
    case 'nvarchar':
      return `COALESCE(${name}, N'NULL')`;
    case 'datetime':
      return `COALESCE(CONVERT(varchar(23), ${name}, 121), 'NULL')`;
    case 'varbinary':
      return `COALESCE(CONVERT(varchar(200), ${name}, 1), 'NULL')`;
    default:
      return `COALESCE(CAST(${name} AS varchar(40)), 'NULL')`;
  }
}

/** The text that `columnAsText` should give. */
export function valueAsText(value: SqlValue, { type }: Column): string {
  if (value === null) return 'NULL';
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex').toUpperCase()}`;
  return type.name === 'datetime' ? String(value).replace('T', ' ') : String(value);
}
