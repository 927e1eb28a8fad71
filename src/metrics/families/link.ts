import { type AssessedLink, verdicts } from '../../link/link.ts';
import { type Family, family } from '../family.ts';
import { known, stateFlags } from './state-set.ts';

interface LinkLabels {
  readonly link: string;
  readonly managed_instance: string;
}

function labelsOf(link: AssessedLink): LinkLabels {
  return { link: link.name, managed_instance: link.managedInstance };
}

export const linkVerdict = family({
  name: 'milink_link_verdict',
  help: 'The verdict on the link from both ends: 1 for the current one, 0 for the others. Why is in milink_link_reason.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'verdict'],
  source: 'exporter',
  samples: ({ links }) =>
    links.flatMap((link) =>
      stateFlags(verdicts, link.verdict).map(({ state, value }) => ({
        labels: { ...labelsOf(link), verdict: state },
        value,
      })),
    ),
});

export const linkReason = family({
  name: 'milink_link_reason',
  help: 'The reasons of the current verdict on the link: one series with value 1 for each.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'reason'],
  source: 'exporter',
  samples: ({ links }) =>
    links.flatMap((link) =>
      [...new Set(link.reasons.map(({ code }) => code))].map((reason) => ({
        labels: { ...labelsOf(link), reason },
        value: 1,
      })),
    ),
});

export const linkEndsObserved = family({
  name: 'milink_link_ends_observed',
  help: 'How many of the two ends of the link were seen in the latest poll of their server: 0, 1 or 2.',
  type: 'gauge',
  labels: ['link', 'managed_instance'],
  source: 'exporter',
  samples: ({ links }) => links.map((link) => ({ labels: labelsOf(link), value: link.endsObserved })),
});

export const linkPrimaries = family({
  name: 'milink_link_primaries',
  help: 'How many ends of the link have the role PRIMARY: 2 is split brain. Absent unless both ends were seen, because an end that was not seen may be one.',
  type: 'gauge',
  labels: ['link', 'managed_instance'],
  source: 'sys.dm_hadr_availability_replica_states.role_desc',
  samples: ({ links }) => links.flatMap((link) => known(labelsOf(link), link.primaries)),
});

export const linkExpected = family({
  name: 'milink_link_expected',
  help: 'Whether the configuration of the exporter lists the link: 1 or 0.',
  type: 'gauge',
  labels: ['link', 'managed_instance'],
  source: 'configuration',
  samples: ({ links }) => links.map((link) => ({ labels: labelsOf(link), value: link.isExpected ? 1 : 0 })),
});

export const linkCertificateMatches = family({
  name: 'milink_link_certificate_matches',
  help: 'Whether the endpoint certificate of owner, an end of the link, is the one that the other end holds of it: 1 when both show the same thumbprint in sys.certificates, 0 when they differ. Absent where an end does not show it.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'owner'],
  source: 'sys.certificates.thumbprint',
  samples: ({ links }) =>
    links.flatMap((link) =>
      link.certificateMatches.map(({ owner, isSame }) => ({
        labels: { ...labelsOf(link), owner },
        value: isSame ? 1 : 0,
      })),
    ),
});

/** What both ends together say of a link; `server` is no label here. */
export const linkFamilies: readonly Family[] = [
  linkVerdict,
  linkReason,
  linkEndsObserved,
  linkPrimaries,
  linkExpected,
  linkCertificateMatches,
];
