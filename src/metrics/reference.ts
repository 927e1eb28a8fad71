import { subjects } from './catalogue.ts';
import { type ExporterDefinition, exporterDefinitions } from './exporter-definitions.ts';

const introduction = `# Metrics

<!-- Generated from src/metrics/catalogue.ts by \`npm run generate\`: edit the families, not this file. -->

Every series carries the labels listed with its family. A value that the server did not give has no series; it is never 0.
A failed poll removes all series of its server but those under Polling.
States are one series per state with the value 1 or 0; a state that a newer server says and this list does not know is one
more series, with the text of the server.
`;

const own = `The exporter's own metrics. Beside them there are \`process_*\` and \`nodejs_*\` as client libraries name them: CPU, memory, file
descriptors, event loop, heap and garbage collection.
`;

type Row = ExporterDefinition & { readonly source: string };

/** docs/metrics.md: each family with its type, labels, source and help, in Markdown. */
export function metricsReference(): string {
  const exporterRows = Object.values(exporterDefinitions).map((definition) => ({ ...definition, source: 'exporter' }));
  return [
    introduction,
    ...subjects.map(({ title, families }) => `## ${title}\n\n${table(families)}`),
    `## Exporter\n\n${own}\n${table(exporterRows)}`,
  ].join('\n');
}

function table(families: readonly Row[]): string {
  const rows = families.map(
    ({ name, type, labels, source, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${cell(source)} | ${cell(help)} |\n`,
  );
  return ['| name | type | labels | source | help |\n', '|---|---|---|---|---|\n', ...rows].join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
