import { describeError } from './catalogue.ts';

/**
 * The numbers between which the link has its own messages. Of 41971, 41972, 41979 to 41985, 41987 and 41991 to 41999
 * no text was found: a newer managed instance may use them, and then they are most likely about a link.
 */
export const linkErrorRange = { first: 41947, last: 41999 } as const;

/** Neighbours that have nothing to do with a link, by what they are about (messages 41400 to 49999). */
export const notLinkErrors: ReadonlyMap<number, string> = new Map([
  [41953, 'a function that a managed instance does not have'],
  [41966, 'a server configuration option that is not supported'],
  [41967, 'a wrong value of a server configuration option'],
  [41975, 'a kind of storage to which a managed instance cannot back up'],
  [41978, 'a parameter that a stored procedure does not take on a managed instance'],
  [41989, 'a parameter of a stored procedure that is for a managed instance only'],
  [41990, 'a parameter of a stored procedure that may not be empty'],
]);

/** Whether a number is one of the link's own, including numbers of its range that the catalogue does not describe. */
export function isLinkErrorNumber(number: number): boolean {
  const description = describeError(number);
  if (description !== null) {
    return description.isLinkError;
  }
  return (
    Number.isInteger(number) &&
    number >= linkErrorRange.first &&
    number <= linkErrorRange.last &&
    !notLinkErrors.has(number)
  );
}

/**
 * Whether an entry of a server's error log with this number is one about a link: in the catalogue or in the link's own
 * range, and not as often about something else.
 */
export function isLoggedForLink(number: number): boolean {
  const description = describeError(number);
  return description === null ? isLinkErrorNumber(number) : description.isAlsoOfOthers !== true;
}

/** Numbers, first to last, that the catalogue leaves out, and what they are about. */
interface LeftOut {
  readonly first: number;
  readonly last: number;
  readonly subject: string;
}

/** A range of Microsoft's lists that was gone through number by number. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
  readonly leftOut: readonly LeftOut[];
}

const mirroring = 'database mirroring between two servers, which a link does not use';
const group = 'how an ordinary availability group is written down, and its replicas';
const cluster = 'the Windows cluster below an ordinary availability group';
const restrictions = 'what T-SQL of a managed instance does not do';
const contained = 'contained availability groups, over which no link can be made';

/**
 * The ranges of the Database Engine's messages where what people meet around a link is. Read in the lists of SQL Server
 * 2022 of October 2024, 1400 to 1499 in an older one.
 */
export const numberRanges: readonly NumberRange[] = [
  {
    first: 1400,
    last: 1499,
    leftOut: [
      { first: 1400, last: 1407, subject: mirroring },
      { first: 1409, last: 1411, subject: mirroring },
      { first: 1413, last: 1417, subject: mirroring },
      { first: 1419, last: 1464, subject: mirroring },
      { first: 1470, last: 1474, subject: mirroring },
      { first: 1476, last: 1477, subject: mirroring },
      { first: 1479, last: 1479, subject: mirroring },
      { first: 1481, last: 1487, subject: mirroring },
      { first: 1489, last: 1499, subject: mirroring },
    ],
  },
  {
    first: 35200,
    last: 35299,
    leftOut: [
      { first: 35208, last: 35216, subject: group },
      { first: 35218, last: 35218, subject: 'a server that is just restarting' },
      { first: 35220, last: 35220, subject: cluster },
      { first: 35222, last: 35226, subject: cluster },
      { first: 35228, last: 35231, subject: group },
      { first: 35233, last: 35243, subject: group },
      { first: 35246, last: 35249, subject: group },
      { first: 35252, last: 35252, subject: group },
      {
        first: 35254,
        last: 35263,
        subject: 'the inside of availability groups, without a step that people could take',
      },
      { first: 35265, last: 35266, subject: 'news of what is in order' },
      { first: 35268, last: 35273, subject: 'a copy that is restored by hand' },
      { first: 35275, last: 35275, subject: 'a copy that is restored by hand' },
      {
        first: 35277,
        last: 35278,
        subject: 'news of what is in order, and automatic failover, which a link does not have',
      },
      { first: 35280, last: 35286, subject: group },
      { first: 35289, last: 35293, subject: 'what the server tries again by itself' },
      { first: 35294, last: 35299, subject: 'log backups at the secondary of an ordinary group' },
    ],
  },
  {
    first: 41000,
    last: 41999,
    leftOut: [
      { first: 41000, last: 41041, subject: cluster },
      { first: 41043, last: 41095, subject: cluster },
      { first: 41097, last: 41105, subject: cluster },
      { first: 41107, last: 41121, subject: cluster },
      { first: 41123, last: 41130, subject: cluster },
      { first: 41132, last: 41141, subject: group },
      { first: 41143, last: 41144, subject: cluster },
      { first: 41146, last: 41152, subject: cluster },
      { first: 41154, last: 41158, subject: group },
      { first: 41160, last: 41168, subject: cluster },
      { first: 41170, last: 41189, subject: cluster },
      { first: 41192, last: 41199, subject: group },
      { first: 41200, last: 41299, subject: 'semantic search' },
      { first: 41300, last: 41399, subject: 'memory-optimized tables' },
      { first: 41401, last: 41413, subject: 'rules for the dashboard of an ordinary group' },
      { first: 41415, last: 41417, subject: 'rules for the dashboard of an ordinary group' },
      { first: 41419, last: 41428, subject: 'rules for the dashboard of an ordinary group' },
      { first: 41500, last: 41599, subject: 'work inside the server' },
      { first: 41600, last: 41799, subject: 'Service Fabric, on which Azure runs its servers' },
      { first: 41800, last: 41899, subject: 'memory-optimized tables' },
      { first: 41900, last: 41903, subject: restrictions },
      { first: 41905, last: 41921, subject: restrictions },
      { first: 41923, last: 41936, subject: restrictions },
      { first: 41939, last: 41946, subject: restrictions },
      { first: 41953, last: 41953, subject: restrictions },
      { first: 41966, last: 41967, subject: 'server configuration options' },
      { first: 41975, last: 41975, subject: restrictions },
      { first: 41978, last: 41978, subject: restrictions },
      { first: 41989, last: 41990, subject: restrictions },
    ],
  },
  {
    first: 47100,
    last: 47150,
    leftOut: [
      { first: 47100, last: 47104, subject: group },
      { first: 47108, last: 47114, subject: 'replicas that hold the configuration only' },
      { first: 47115, last: 47121, subject: group },
      { first: 47123, last: 47127, subject: contained },
      { first: 47130, last: 47150, subject: contained },
    ],
  },
  { first: 47500, last: 47522, leftOut: [] },
];

/** What the number is about, when it was left out on purpose; null else. */
export function leftOutSubject(number: number): string | null {
  const all = numberRanges.flatMap(({ leftOut }) => leftOut);
  return all.find(({ first, last }) => number >= first && number <= last)?.subject ?? null;
}

/** The numbers of a range that the catalogue has, in ascending order. */
export function numbersWithin({ first, last }: NumberRange): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
    (number) => describeError(number) !== null,
  );
}

/** The numbers of a range that are in no list that was read, as pairs of the first and the last one. */
export function unlistedWithin(range: NumberRange): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  for (let number = range.first; number <= range.last; number += 1) {
    if (describeError(number) !== null || leftOutSubject(number) !== null) continue;
    const last = pairs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else pairs.push([number, number]);
  }
  return pairs;
}
