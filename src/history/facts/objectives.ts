import type { AssessedLink } from '../../link/link.ts';
import { unseenValue } from '../event.ts';
import { type Fact, fact, type Source } from './fact.ts';

/** What a link is to keep to: `history.objectives` of the configuration. */
export interface Objectives {
  /** How many seconds of commits a forced failover may lose. */
  readonly dataLossSeconds: number;
  /** How long the copy may need until it can be used. */
  readonly recoverySeconds: number;
}

/** As the alerts have them (`dataLossSeconds` of the mixin). */
export const defaultObjectives: Objectives = { dataLossSeconds: 900, recoverySeconds: 3600 };

/** Whether each objective is met by every database of which a primary tells; `unseen` where none tells. */
export function objectiveFacts(link: AssessedLink, objectives: Objectives, source: Source): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  // In a split brain a failover is no question, and each end's figure is about the other.
  const ends = link.verdict === 'split_brain' ? [] : link.databases.flatMap((database) => database.ends);
  const losses = ends.flatMap(({ figures }) => figures.estimatedDataLossSeconds ?? []);
  const recoveries = ends
    .filter(({ role }) => role === 'SECONDARY')
    .flatMap(({ figures }) => figures.estimatedRecoverySeconds.local ?? []);
  const value = (figures: readonly number[], most: number): string =>
    figures.length === 0 ? unseenValue : figures.every((each) => each <= most) ? 'met' : 'missed';
  return [
    fact({ kind: 'objective', ...of, name: 'data_loss', value: value(losses, objectives.dataLossSeconds), source }),
    fact({ kind: 'objective', ...of, name: 'recovery', value: value(recoveries, objectives.recoverySeconds), source }),
  ];
}
