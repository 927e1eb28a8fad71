import { errorSubjects } from './catalogue.ts';
import type { SqlErrorDescription } from './description.ts';
import { linkErrorRange, notLinkErrors } from './link-range.ts';

const introduction = `# Errors

<!-- Generated from src/model/errors by \`npm run generate\`: edit that, not this file. -->

The SQL Server error numbers that matter to a link: what each means, why it comes, what to do.
The severity is our own: critical stops a link until somebody acts, warning may pass or stops one operation, info is normal.
In the statements \`[link]\` is the distributed group, \`[group]\` the ordinary availability group at one end, and
\`<...>\` is to be filled in. This program never runs any of them.
`;

/** docs/errors.md: a table of the catalogue and a section for each error, with the anchor `error-<number>`. */
export function errorReference(): string {
  return [
    introduction,
    ...errorSubjects.map(({ title, errors }) => `## ${title}\n\n${table(errors)}`),
    notLinkSection(),
    '## Each error\n',
    ...errorSubjects.flatMap(({ errors }) => errors.map(section)),
  ].join('\n');
}

function table(errors: readonly SqlErrorDescription[]): string {
  const rows = errors.map(
    ({ number, name, severity, meaning }) =>
      `| [${number}](#error-${number}) | \`${name}\` | ${severity} | ${meaning.replaceAll('|', '\\|')} |\n`,
  );
  return ['| number | name | severity | meaning |\n', '|---|---|---|---|\n', ...rows].join('');
}

function section(error: SqlErrorDescription): string {
  const { number, name, severity, isLinkError, transient, unverified } = error;
  const facts = [
    severity,
    isLinkError ? "one of the link's own numbers" : 'a number of SQL Server in general',
    ...(transient ? ['the server tries again by itself'] : []),
    `seen in ${error.seenIn.map((source) => `\`${source}\``).join(', ')}`,
  ];
  return [
    `<a id="error-${number}"></a>\n`,
    `### ${number} ${name}\n`,
    `${error.meaning}\n`,
    `Severity ${facts.join('; ')}.\n`,
    `Likely causes:\n${error.likelyCauses.map((cause) => `- ${cause}\n`).join('')}`,
    `What to do:\n${error.whatToDo.map((step, index) => `${index + 1}. ${step}\n`).join('')}`,
    ...(unverified === undefined ? [] : [`Unverified: ${unverified}\n`]),
  ].join('\n');
}

function notLinkSection(): string {
  const lines = [...notLinkErrors].map(([number, subject]) => `- ${number}: ${subject}\n`).join('');
  const { first, last } = linkErrorRange;
  return `## Not about a link

Numbers from ${first} to ${last} that no table has are counted as errors of a link all the same, but for these, which are
not about one:

${lines}`;
}
