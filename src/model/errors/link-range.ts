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
