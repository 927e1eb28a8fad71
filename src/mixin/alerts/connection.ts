import type { FindingCode } from '../../link/findings/kinds.ts';
import { linkFinding } from '../../metrics/families/link.ts';
import { replicaConnected } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import { saidByExporter, saidByServer } from '../evidence/said.ts';
import { joinedSeen, linkBeingMade } from '../evidence/series.ts';
import type { Watch } from '../evidence/watch.ts';
import { indented, on } from '../matching.ts';
import { linkKeys, linkText, primaryText, reasonsText, selectFor, verdictIs } from './link-series.ts';

const dashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;

/** When an exporter last found one of these of a link. */
function found(settings: Settings, codes: readonly FindingCode[]): string {
  const [only, ...more] = codes;
  const finding = more.length === 0 && only !== undefined ? only : { matches: codes.join('|') };
  return saidByExporter(settings, linkKeys, `${selectFor(settings)(linkFinding, { finding })} == 1`);
}

const connectedRows = (settings: Settings): string => selectFor(settings)(replicaConnected, { replica: 'partner' });

/** A link whose ends have lost each other: by the primary's row, and as the exporter finds it, which no memory of the rules outlasts. */
export function disconnected(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const finds = found(settings, ['partner_disconnected', 'no_partner_row']);
  return {
    name: 'MilinkLinkDisconnected',
    severity: 'critical',
    keys: linkKeys,
    wrong: [
      '(',
      `  ${indented(saidByServer(settings, linkKeys, `${connectedRows(settings)} == 0`))}`,
      // One that was never connected is new, as far as anybody knows, if the exporter does not say otherwise.
      `  and ${onLink} ${joinedSeen.name} >= 0`,
      `  or ${indented(finds)}`,
      ')',
      `unless ${onLink} (`,
      `  ${indented(verdictIs(settings, ['split_brain']))}`,
      `  or ${linkBeingMade.name}`,
      ')',
    ].join('\n'),
    right: [
      saidByServer(settings, linkKeys, `${connectedRows(settings)} == 1`),
      `unless ${onLink} ${indented(found(settings, ['no_partner_row']))}`,
    ].join('\n'),
    wait: '1m',
    why: 'As that of the health of the link, in whose place it is told: it says why.',
    summary: 'The ends of the link are not connected.',
    description: `The primary end${primaryText(settings)} of link ${linkText} is not connected with the other end${reasonsText(settings)}: no change reaches it. First see which error the last attempt to connect left, then test the network from both ends.`,
    silences: 'A link that is being made, for ten minutes, and a split brain.',
    dashboard,
  };
}

/** A link that is being made for too long, or whose other end answers and does not have it. */
export function notJoined(settings: Settings): Watch {
  const onLink = on(settings, linkKeys);
  const finds = found(settings, ['other_end_has_no_row', 'partner_not_joined']);
  return {
    name: 'MilinkLinkDisconnected',
    severity: 'warning',
    keys: linkKeys,
    wrong: [
      finds,
      `or ${indented(saidByServer(settings, linkKeys, `${connectedRows(settings)} == 0`))}`,
      `  unless ${onLink} ${joinedSeen.name} >= 0`,
    ].join('\n'),
    right: [
      saidByServer(settings, linkKeys, `${connectedRows(settings)} == 1`),
      `unless ${onLink} ${indented(finds)}`,
    ].join('\n'),
    wait: '10m',
    why: `A new link reads disconnected until the managed instance has joined, and it is given up after five minutes without a start of
      the copy (error 41962).`,
    summary: 'The other end has not joined the link.',
    description: `The primary end${primaryText(settings)} of link ${linkText} has the link for ten minutes, and the other end has not joined it or does not show it${reasonsText(settings)}. First see at the other end whether it has the link; if the link is new, which error the last attempt to connect left.`,
    silences: '',
    dashboard,
  };
}
