import type { CheckReport, LinkReport } from '../../check/report/report.ts';
import { errorText } from '../../model/errors/catalogue.ts';
import { endTitles } from '../../model/errors/reference.ts';
import { type Explained, fragmentOf } from '../../model/errors/search.ts';
import { wrap } from '../../terminal/wrap.ts';
import { visible } from '../../text/visible.ts';
import { linkText, stateText } from '../../words/state.ts';

const width = 80;

/** Where one number was seen. */
export interface Sighting {
  readonly link: LinkReport;
  readonly server: string;
  readonly what: string;
}

/** The links of a report that show a number now: the last connection error of an end, or a failed seeding. */
export function sightingsOf({ links }: CheckReport, number: number): readonly Sighting[] {
  return links.flatMap((link) => [
    ...link.ends
      .filter(({ lastConnectError }) => lastConnectError?.number === number)
      .map(({ server }) => ({ link, server, what: 'the last connection error there, which may be an old one' })),
    ...link.seedings
      .filter(({ errorCode }) => errorCode === number)
      .map(({ server }) => ({ link, server, what: 'the error of a seeding there' })),
  ]);
}

/** One entry as text of at most 80 columns. Lines end at blanks, which T-SQL does not mind. */
export function explanationText(entry: Explained): string {
  const { severity, meaning, end, likelyCauses, whatToDo, unverified } = entry;
  const title = 'number' in entry ? errorText(entry.number) : entry.name;
  return [
    title,
    ...paragraph('  ', meaning),
    ...paragraph(
      '  ',
      `${severity}${end === undefined ? '' : `; met at ${endTitles[end]}`}; its text has "${fragmentOf(entry)}"`,
    ),
    '',
    '  likely causes',
    ...likelyCauses.flatMap((cause) => paragraph('  -  ', cause)),
    '',
    '  what to do',
    ...whatToDo.flatMap((step, index) => paragraph(`  ${index + 1}. `, step)),
    ...(unverified === undefined ? [] : ['', ...paragraph('  ', `unverified: ${unverified}`)]),
    '',
  ].join('\n');
}

/** Where a number is seen now, a line for each place. */
export function sightingsText(
  number: number,
  sightings: readonly Sighting[],
  { servers }: Pick<CheckReport, 'servers'>,
): string {
  if (sightings.length === 0) {
    const unseen = servers.filter(({ state }) => state !== 'polled').map(({ name }) => name);
    if (unseen.length === 0) return `  now: no link shows ${number}\n`;
    const who =
      unseen.length === servers.length ? 'no server could be polled' : `${unseen.join(', ')} could not be polled`;
    return `${paragraph('  now: ', `not known whether a link shows ${number}: ${who}`).join('\n')}\n`;
  }
  return sightings
    .flatMap(({ link, server, what }) =>
      paragraph('  now: ', `${linkText(link)} on ${server}: ${what}; the link is ${stateText(link)}`),
    )
    .map((each) => `${each}\n`)
    .join('');
}

function paragraph(first: string, text: string): readonly string[] {
  const indent = ' '.repeat(first.length);
  return wrap(visible(text), width - first.length).map((each, index) => `${index === 0 ? first : indent}${each}`);
}
