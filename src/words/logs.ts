import type { DatabaseReport, LogReport } from '../check/report/report.ts';
import { bytesText, countText, durationText } from '../text/quantity.ts';

const maximumTexts = 4;
const noteworthySeconds = 86_400;

/** The logs of primaries that are kept for the other end or will be full within a day, the most urgent first. */
export function logTexts(databases: readonly DatabaseReport[]): readonly string[] {
  const noted = databases
    .flatMap(({ name, logs }) => logs.map((log) => ({ name, log })))
    .filter(({ log }) => log.role === 'PRIMARY' && (isHeld(log) || left(log) < noteworthySeconds))
    .toSorted((one, other) => left(one.log) - left(other.log) || share(other.log) - share(one.log));
  const hidden = noted.length - maximumTexts;
  return [
    ...noted.slice(0, maximumTexts).map(({ name, log }) => logText(name, log)),
    ...(hidden <= 0 ? [] : [`and ${countText(hidden, 'more log')}: --json has them all`]),
  ];
}

/** The limit is that of the files: how much their disk has is not known. */
function logText(name: string, log: LogReport): string {
  const { server, usedBytes, limitBytes, timeLeftSeconds } = log;
  const used =
    usedBytes === null
      ? 'not known how full'
      : limitBytes === null || limitBytes === 0
        ? `${bytesText(usedBytes)} used`
        : `${Math.floor((usedBytes / limitBytes) * 100)} % of ${bytesText(limitBytes)}`;
  const parts = [
    `log of ${name} on ${server}: ${used}`,
    ...(timeLeftSeconds === null
      ? []
      : [`full in ${durationText(timeLeftSeconds)} at the present rate, before that if its disk is smaller`]),
    ...(isHeld(log) ? ['kept for a copy that has not got it (AVAILABILITY_REPLICA)'] : []),
  ];
  return `${parts.join(', ')}.`;
}

function isHeld({ reuseWait }: LogReport): boolean {
  return reuseWait === 'AVAILABILITY_REPLICA';
}

function left({ timeLeftSeconds }: LogReport): number {
  return timeLeftSeconds ?? Number.MAX_VALUE;
}

function share({ usedBytes, limitBytes }: LogReport): number {
  return usedBytes === null || limitBytes === null || limitBytes === 0 ? 0 : usedBytes / limitBytes;
}
