import type { CheckReport, LinkReport } from '../check/report/report.ts';
import { alternatives } from '../config/value/wording.ts';
import {
  describeError,
  type Explained,
  errorText,
  fragmentOf,
  searchErrors,
  similarNumbers,
} from '../model/errors/catalogue.ts';
import { isLinkErrorNumber, leftOutSubject } from '../model/errors/ranges.ts';
import { endTitles } from '../model/errors/reference.ts';
import { systemClock } from '../poll/time/clock.ts';
import { wrap } from '../terminal/wrap.ts';
import { visible } from '../text/visible.ts';
import { linkText, stateText } from '../words/state.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError, wordsOf } from './flags/flag.ts';
import { configFileFlag, loadConfigFile } from './reading/config-file.ts';

const jsonFlag: Flag = {
  name: 'json',
  group: 'Output',
  help: 'Print JSON for programs: what was found, and what not.',
};
const stateFlag: Flag = {
  name: configFileFlag.name,
  group: configFileFlag.group,
  value: 'PATH',
  help: 'Poll the servers of this configuration once and say which link shows the number now. Without it nothing is polled.',
};

/** More entries for a piece of text than this help nobody. */
const maximumEntries = 8;

const notes = [
  '  milink-exporter explain 41976 1412',
  '  milink-exporter explain "is not responding"',
  'A whole message may be pasted: quoted, its number is found, or its words.',
  '',
  'Exit codes:',
  '  0  everything was found',
  '  1  something was not, or the configuration can not be used',
  '  2  the command line was wrong',
];

/** The catalogue of errors on the screen: docs/errors.md for whoever has a terminal only. */
export const explain: Command = {
  name: 'explain',
  summary: 'Say what an error number, or a piece of its text, means for a link, and what to do',
  flags: [stateFlag, jsonFlag],
  words: '<number or text> ...',
  notes,
  run: runExplain,
};

interface Answer {
  readonly found: readonly Explained[];
  /** A sentence for each thing that was not found. */
  readonly problems: readonly string[];
}

async function runExplain(values: FlagValues, terminal: Terminal): Promise<number> {
  const words = wordsOf(values);
  if (words.join('').trim() === '')
    throw new UsageError('what is to be explained? Give a number, or a piece of the text');
  const { found, problems } = answerTo(words);
  const path = flagValue(values, stateFlag);
  const report = path === '' || found.length === 0 ? null : await stateNow(path, terminal);
  if (isSet(values, jsonFlag)) terminal.writeOut(`${jsonText(found, problems, report)}\n`);
  else for (const entry of found) terminal.writeOut(`${explanationText(entry)}${seenText(entry, report)}\n`);
  for (const problem of problems) terminal.writeError(`milink-exporter: ${problem}\n`);
  return problems.length > 0 || (path !== '' && found.length > 0 && report === null) ? exitCodes.failed : exitCodes.ok;
}

/** Numbers are looked up, all else is one piece of text. In a pasted message its other numbers are not asked for. */
function answerTo(words: readonly string[]): Answer {
  const isNumber = (word: string): boolean => /^\d{1,9},?$/.test(word);
  const numbers = [...new Set(words.filter(isNumber).map((word) => Number.parseInt(word, 10)))];
  const rest = words.filter((word) => !isNumber(word)).join(' ');
  const asked = numbers.flatMap((number) => describeError(number) ?? []);
  if (rest === '') {
    return { found: asked, problems: numbers.filter((number) => describeError(number) === null).map(unknownNumber) };
  }
  const inText = (rest.match(/\d{3,6}/g) ?? []).flatMap((digits) => describeError(Number(digits)) ?? []);
  const named = [...new Set<Explained>([...asked, ...inText])];
  const found = named.length > 0 ? named : searchErrors(rest);
  if (found.length === 0) return { found, problems: ['no entry has these words: try fewer of them, or the number'] };
  if (found.length <= maximumEntries) return { found, problems: [] };
  return { found: [], problems: [`${found.length} entries have these words: give more of them`] };
}

function unknownNumber(number: number): string {
  const subject = leftOutSubject(number);
  if (subject !== null) return `${number} is left out: it is about ${subject}`;
  const own = isLinkErrorNumber(number) ? ' It is in the range of the link, and no published list has it.' : '';
  const similar = similarNumbers(number);
  const guess = similar.length === 0 ? '' : ` Did you mean ${alternatives(similar.slice(0, 5).map(String))}?`;
  const query = `SELECT text FROM sys.messages WHERE message_id = ${number};`;
  return `${number} is not in the catalogue.${own}${guess} The server has its text: ${query}`;
}

async function stateNow(path: string, terminal: Terminal): Promise<CheckReport | null> {
  const loaded = await loadConfigFile(path, terminal);
  if (loaded === null) return null;
  const { config } = loaded;
  // What a number means is told without them: they are nearly all that this command would load.
  const [{ pollOnce }, { reportOf }] = await Promise.all([import('./check/check.ts'), import('./reading/report.ts')]);
  const states = await pollOnce(config, config.pollTimeoutSeconds, terminal.stop);
  if (terminal.stop.aborted) return null;
  for (const { name, outcome } of states) {
    if (outcome.kind !== 'ok')
      terminal.writeError(`milink-exporter: ${name} could not be polled: what it shows is not known\n`);
  }
  return reportOf({ servers: states, azure: null }, { config, names: [], isStrict: false }, systemClock.nowSeconds());
}

function seenText(entry: Explained, report: CheckReport | null): string {
  if (report === null || !('number' in entry)) return '';
  return `\n${sightingsText(entry.number, sightingsOf(report, entry.number), report)}`;
}

function jsonText(found: readonly Explained[], problems: readonly string[], report: CheckReport | null): string {
  const entries = found.map((entry) => ({
    ...entry,
    seenNow:
      report === null || !('number' in entry)
        ? null
        : sightingsOf(report, entry.number).map(({ link, server, what }) => ({
            link: link.name,
            managedInstance: link.managedInstance,
            verdict: link.verdict,
            server,
            what,
          })),
  }));
  return JSON.stringify({ entries, problems }, null, 2);
}

const width = 80;

/** Where one number was seen. */
interface Sighting {
  readonly link: LinkReport;
  readonly server: string;
  readonly what: string;
}

/** The links of a report that show a number now: the last connection error of an end, or a failed seeding. */
function sightingsOf({ links }: CheckReport, number: number): readonly Sighting[] {
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
function explanationText(entry: Explained): string {
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
