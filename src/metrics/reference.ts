import { subjects } from './catalogue.ts';
import type { Family } from './family.ts';

const introduction = `# Metrics

<!-- Generated from src/metrics/catalogue.ts by \`npm run generate\`: edit the families, not this file. -->

Every series carries the labels listed with its family. A value that the server did not give has no series; it is never 0.
A failed poll removes all series of its server but those under Polling.
States are one series per state with the value 1 or 0; a state that a newer server says and this list does not know is one
more series, with the text of the server.
`;

/** docs/metrics.md: each state family with its type, labels, source and help, in Markdown. */
export function metricsReference(): string {
  return [introduction, ...subjects.map(({ title, families }) => section(title, families))].join('\n');
}

function section(title: string, families: readonly Family[]): string {
  const rows = families.map(
    ({ name, type, labels, source, help }) =>
      `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${cell(source)} | ${cell(help)} |`,
  );
  return [`## ${title}`, '', '| name | type | labels | source | help |', '|---|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
