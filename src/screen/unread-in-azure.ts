import type { UnreadInAzure } from '../check/report/report.ts';
import { type Line, paragraph } from '../terminal/line.ts';

/** More of them are mostly one cause. */
const maximumTexts = 6;

/** What of Azure could not be read, and why; nothing where all of it was. */
export function unreadLines(all: readonly UnreadInAzure[], width: number): readonly Line[] {
  const texts = all.slice(0, maximumTexts).map(unreadText);
  const rest = all.length - texts.length;
  return [...texts, ...(rest > 0 ? [`And ${rest} more.`] : [])].flatMap((text) =>
    paragraph(text, { width, first: '', tone: 'warning' }),
  );
}

/** `Azure (production): links of mi-prod could not be read (forbidden): ...`. */
export function unreadText({ subscription, managedInstance, resource, failure }: UnreadInAzure): string {
  const what = resource.replaceAll('_', ' ');
  const of = managedInstance === null ? 'the instances' : `${what} of ${managedInstance}`;
  const why = failure.action === null ? failure.message : `the right ${failure.action} is missing`;
  return `Azure (${subscription}): ${of} could not be read (${failure.reason}): ${why}`;
}
