import { databaseSuspended } from '../../../metrics/families/database-state.ts';
import { replicaConnected } from '../../../metrics/families/replica.ts';
import { goodWhenOne } from '../look.ts';
import { timelinePanel, type UnplacedPanel } from '../panels.ts';
import { linkName, outermost, timelineLines } from '../queries.ts';
import {
  healthStates,
  replicaHealthMetric,
  roleMetric,
  roleStates,
  stateNumber,
  stateWords,
  synchronizationMetric,
  synchronizationStates,
  verdictMetric,
  verdictStates,
} from '../states.ts';
import { chosenDatabase, chosenLink, chosenServer, select } from '../variables.ts';

const ofEnds = { ...chosenLink, ...chosenServer };
const { by: copyLabels } = synchronizationMetric;
const ofCopies = { ...ofEnds, ...chosenDatabase };
/** `replica` is "local" or "partner". */
const replicaLegend = '{{replica}} as {{server}} says';
const copyLegend = '{{database}}: {{replica}} as {{server}} says';

/** The link's history. */
export function verdicts(): UnplacedPanel {
  return timelinePanel(
    {
      id: 10,
      title: 'Verdict over time',
      description: 'Since when the link has been in its state. A gap means that no exporter was scraped.',
      unit: 'none',
      queries: [{ expression: stateNumber(verdictMetric, verdictStates, chosenLink), legend: linkName }],
      whenEmpty: 'No exporter reports this link.',
    },
    stateWords(verdictStates),
  );
}

/** Who was primary when. */
export function roles(): UnplacedPanel {
  return timelinePanel(
    {
      id: 11,
      title: 'Role of each end',
      description:
        'One end is primary, the other secondary. Primary at both is a split brain; secondary at both lasts seconds in a planned failover. A gap: the end was not polled.',
      unit: 'none',
      queries: [{ expression: stateNumber(roleMetric, roleStates, ofEnds), legend: '{{server}}' }],
      whenEmpty: 'No end of the link was polled.',
    },
    stateWords(roleStates),
  );
}

/** What Microsoft calls the health of the link is what the primary says of its partner. */
export function healths(): UnplacedPanel {
  return timelinePanel(
    {
      id: 12,
      title: 'Synchronization health',
      description:
        'partner, as the primary says, is what Microsoft calls the health of the link. Not healthy while connected: a database does not move, see its state below.',
      unit: 'none',
      queries: [{ expression: stateNumber(replicaHealthMetric, healthStates, ofEnds), legend: replicaLegend }],
      whenEmpty: 'No end of the link says its health.',
    },
    stateWords(healthStates),
  );
}

/** Whether the ends reach each other. */
export function connections(): UnplacedPanel {
  return timelinePanel(
    {
      id: 13,
      title: 'Connection between the ends',
      description:
        'Whether the primary is connected to its partner. Not connected: look at the last connection error below, the certificates, and the network: TCP 5022 in both directions and 11000 to 11999 to the managed instance.',
      unit: 'none',
      queries: [
        {
          expression: `min by (server, link, managed_instance, replica) (${select(replicaConnected, ofEnds)})`,
          legend: replicaLegend,
        },
      ],
      whenEmpty: 'No end of the link says whether it is connected.',
    },
    goodWhenOne('not connected', 'connected'),
  );
}

/** Each copy of each database. */
export function databaseStates(): UnplacedPanel {
  return timelinePanel(
    {
      id: 14,
      title: 'Synchronization of copies, the 20 worst now',
      description:
        'Synchronizing is the healthy state of a link with asynchronous commit, synchronized that of a synchronous one. Not synchronizing: not connected, or suspended. Reverting or initializing: wait, a forced failover would make the copy unusable.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'bottomk',
            timelineLines,
            (at) => stateNumber(synchronizationMetric, synchronizationStates, ofCopies, at),
            copyLabels,
          ),
          legend: copyLegend,
        },
      ],
      whenEmpty: 'No copy of a database is seen.',
    },
    stateWords(synchronizationStates),
  );
}

/** Movement that somebody or something stopped. */
export function suspensions(): UnplacedPanel {
  return timelinePanel(
    {
      id: 15,
      title: 'Data movement of copies, the 20 worst now',
      description:
        'Suspended: no change reaches the copy and the log of the primary grows. The reason is in the verdict. Resume with ALTER DATABASE ... SET HADR RESUME once you know why it was suspended.',
      unit: 'none',
      queries: [
        {
          expression: outermost(
            'topk',
            timelineLines,
            (at) => `max by (${copyLabels.join(', ')}) (${select(databaseSuspended, ofCopies)}${at})`,
            copyLabels,
          ),
          legend: copyLegend,
        },
      ],
      whenEmpty: 'No copy of a database is seen.',
    },
    [
      { value: 0, text: 'moving', color: 'green' },
      { value: 1, text: 'suspended', color: 'orange' },
    ],
  );
}
