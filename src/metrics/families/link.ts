import type { AssessedLink } from '../../link/data/link.ts';
import { verdicts } from '../../link/data/verdict.ts';
import { type Family, family, type Sample } from '../family.ts';
import { known, madeOf, stateFlags } from './made-of.ts';

interface LinkLabels {
  readonly link: string;
  readonly managed_instance: string;
}

function labelsOf(link: AssessedLink): LinkLabels {
  return { link: link.name, managed_instance: link.managedInstance };
}

export const linkVerdict = family({
  name: 'milink_link_verdict',
  help: 'The verdict on the link from both ends: 1 for the current one, 0 for the others. It summarises milink_link_finding.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'verdict'],
  source: 'exporter',
  ...madeOf(
    ({ links }) => links,
    ({ name, managedInstance, verdict }) => [name, managedInstance, verdict] as const,
    (link, managed_instance, now) =>
      stateFlags(verdicts, now).map(({ state: verdict, value }) => ({
        labels: { link, managed_instance, verdict },
        value,
      })),
  ),
});

export const linkFinding = family({
  name: 'milink_link_finding',
  help: 'What is wrong with the link or worth knowing, each judged for itself: one series with value 1 for each finding that holds. server, database and certificate are empty where it is not about one. The verdict summarises them.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'finding', 'severity', 'server', 'database', 'certificate'],
  source: 'exporter',
  samples: ({ links }) => links.flatMap(findingSamples),
});

/** Two texts of one kind about one thing are one series. */
function findingSamples(link: AssessedLink): readonly Sample[] {
  const labels = link.findings.map(({ code, severity, scope }) => ({
    ...labelsOf(link),
    finding: code,
    severity,
    server: scope.server ?? '',
    database: scope.database ?? '',
    certificate: scope.certificate ?? '',
  }));
  const kept = new Map(labels.map((each) => [JSON.stringify(Object.values(each)), each]));
  return [...kept.values()].map((each) => ({ labels: each, value: 1 }));
}

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
  help: 'Whether the endpoint certificate of certificate_owner, an end of the link, is the one that the other end holds of it: 1 when both show the same thumbprint in sys.certificates, 0 when they differ. Absent where an end does not show it.',
  type: 'gauge',
  labels: ['link', 'managed_instance', 'certificate_owner'],
  source: 'sys.certificates.thumbprint',
  samples: ({ links }) =>
    links.flatMap((link) =>
      link.certificateMatches.map(({ owner, isSame }) => ({
        labels: { ...labelsOf(link), certificate_owner: owner },
        value: isSame ? 1 : 0,
      })),
    ),
});

/** What both ends together say of a link; `server` is no label here. */
export const linkFamilies: readonly Family[] = [
  linkVerdict,
  linkFinding,
  linkEndsObserved,
  linkPrimaries,
  linkExpected,
  linkCertificateMatches,
];
