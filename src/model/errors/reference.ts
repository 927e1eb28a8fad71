import { errorSubjects } from './catalogue.ts';
import type { ErrorEnd, ErrorExplanation, MessageDescription, SqlErrorDescription } from './description.ts';
import { messageCatalogue, messageFragments } from './messages.ts';
import {
  linkErrorRange,
  type NumberRange,
  notLinkErrors,
  numberRanges,
  numbersWithin,
  unlistedWithin,
} from './ranges.ts';

const introduction = `# Errors

<!-- Generated from src/model/errors by \`npm run generate\`: edit that, not this file. -->

The SQL Server error numbers that matter to a link: what each means, why it comes, what to do.
The severity is our own: critical stops a link until somebody acts, warning may pass or stops one operation, info is normal.
In the statements \`[link]\` is the distributed group, \`[group]\` the ordinary availability group at one end, and
\`<...>\` is to be filled in. This program never runs any of them.

Look for a number, or for a piece of the server's text: a few words of it stand at each number. In a terminal
\`milink-exporter explain 41976\` does the same, and \`milink-exporter explain "is not responding"\`.
`;

/** The end, in words. */
export const endTitles: Readonly<Record<ErrorEnd, string>> = {
  sql_server: 'SQL Server',
  managed_instance: 'the managed instance',
  primary: 'the primary end',
  secondary: 'the secondary end',
  either: 'either end',
};

/** docs/errors.md: a table of the catalogue and a section for each error, with the anchor `error-<number>`. */
export function errorReference(): string {
  return [
    introduction,
    ...errorSubjects.map(({ title, errors }) => `## ${title}\n\n${table(errors)}`),
    messageTable(),
    rangeSection(),
    notLinkSection(),
    '## Each error\n',
    ...errorSubjects.flatMap(({ errors }) => errors.map(section)),
    ...messageCatalogue.map(messageSection),
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
  const { number, name, isLinkError, transient } = error;
  const facts = [
    isLinkError ? "one of the link's own numbers" : 'a number of SQL Server in general',
    ...(transient ? ['the server tries again by itself'] : []),
  ];
  const fragment = messageFragments.get(number);
  const words = fragment === undefined ? [] : [`Its text has: "${fragment}"\n`];
  return [`<a id="error-${number}"></a>\n`, `### ${number} ${name}\n`, ...words, ...explanation(error, facts)].join(
    '\n',
  );
}

function messageSection(message: MessageDescription): string {
  const { name, text } = message;
  return [
    `<a id="message-${name}"></a>\n`,
    `### ${name}\n`,
    `Its text has: "${text}"\n`,
    ...explanation(message, []),
  ].join('\n');
}

function explanation(error: ErrorExplanation, more: readonly string[]): readonly string[] {
  const { severity, end, unverified } = error;
  const facts = [
    severity,
    ...more,
    `seen in ${error.seenIn.map((source) => `\`${source}\``).join(', ')}`,
    ...(end === undefined ? [] : [`met at ${endTitles[end]}`]),
  ];
  return [
    `${error.meaning}\n`,
    `Severity ${facts.join('; ')}.\n`,
    `Likely causes:\n${error.likelyCauses.map((cause) => `- ${cause}\n`).join('')}`,
    `What to do:\n${error.whatToDo.map((step, index) => `${index + 1}. ${step}\n`).join('')}`,
    ...(unverified === undefined ? [] : [`Unverified: ${unverified}\n`]),
  ];
}

function messageTable(): string {
  const rows = messageCatalogue.map(
    ({ text, name, severity, meaning }) => `| [${text}](#message-${name}) | \`${name}\` | ${severity} | ${meaning} |\n`,
  );
  return [
    '## Messages without a number\n\n',
    '| text | name | severity | meaning |\n',
    '|---|---|---|---|\n',
    ...rows,
  ].join('');
}

function rangeSection(): string {
  return `## Which numbers are here

Microsoft's lists of these ranges were gone through. What is left out has nothing to do with a link, or asks nobody for a
step. A number that no list has may be newer: \`SELECT text FROM sys.messages WHERE message_id = <number> AND language_id = 1033;\`

| range | | numbers | about |
|---|---|---|---|
${numberRanges.flatMap(rangeRows).join('')}`;
}

function rangeRows(range: NumberRange): readonly string[] {
  const title = `${range.first} to ${range.last}`;
  const row = (kind: string, numbers: string, about: string): string =>
    `| ${title} | ${kind} | ${numbers} | ${about} |\n`;
  const links = numbersWithin(range).map((number) => `[${number}](#error-${number})`);
  const subjects = [...new Set(range.leftOut.map(({ subject }) => subject))];
  const left = subjects.map((subject) => {
    const members = range.leftOut.filter((each) => each.subject === subject);
    return row('left out', members.map(({ first, last }) => span(first, last)).join(', '), subject);
  });
  const unlisted = unlistedWithin(range).map(([first, last]) => span(first, last));
  const rest = unlisted.length === 0 ? [] : [row('in no list', unlisted.join(', '), '')];
  return [row('here', links.join(', '), ''), ...left, ...rest];
}

function span(first: number, last: number): string {
  return first === last ? `${first}` : `${first} to ${last}`;
}

function notLinkSection(): string {
  const lines = [...notLinkErrors].map(([number, subject]) => `- ${number}: ${subject}\n`).join('');
  const { first, last } = linkErrorRange;
  return `## Not about a link

Numbers from ${first} to ${last} that no table has are counted as errors of a link all the same, but for these, which are
not about one:

${lines}`;
}
