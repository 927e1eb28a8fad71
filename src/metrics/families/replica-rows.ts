import type { LinkEnd } from '../../link/data/end.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { AvailabilityReplica, ReplicaState } from '../../model/availability.ts';
import type { State } from '../family.ts';
import { ofEach, oncePerState } from './made-of.ts';

/** What names an end of a link. */
export interface EndLabels {
  readonly server: string;
  readonly link: string;
  readonly managed_instance: string;
}

/** What names a row of an end: its own, or of its partner. */
export interface RowLabels extends EndLabels {
  readonly replica: 'local' | 'partner';
}

function labelsOf(link: AssessedLink, end: LinkEnd): EndLabels {
  return { server: end.server, link: link.name, managed_instance: link.managedInstance };
}

/** Each end of each link. */
export const ends = oncePerState(({ links }): readonly { labels: EndLabels; end: LinkEnd }[] =>
  links.flatMap((link) => link.ends.map((end) => ({ labels: labelsOf(link, end), end }))),
);

/** The rows of states that each end has. */
export const rows = oncePerState((state): readonly { labels: RowLabels; row: ReplicaState }[] =>
  ends(state).flatMap(({ labels, end }) => [
    ...(end.local === null ? [] : [{ labels: { ...labels, replica: 'local' as const }, row: end.local }]),
    ...(end.partner === null ? [] : [{ labels: { ...labels, replica: 'partner' as const }, row: end.partner }]),
  ]),
);

/** Samples that are made of one value of each end. */
export const ofEachEnd = ofEach(ends, ({ end }) => end);

/** Samples that are made of one value of each row. */
export const ofEachRow = ofEach(rows, ({ row }) => row);

/** The members that the catalog of each end has. */
export function members(state: State): readonly { labels: RowLabels; member: AvailabilityReplica }[] {
  return ends(state).flatMap(({ labels, end }) => [
    ...(end.localMember === null
      ? []
      : [{ labels: { ...labels, replica: 'local' as const }, member: end.localMember }]),
    ...(end.partnerMember === null
      ? []
      : [{ labels: { ...labels, replica: 'partner' as const }, member: end.partnerMember }]),
  ]);
}
