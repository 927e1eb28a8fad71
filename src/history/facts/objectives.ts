import type { LinkDatabase } from '../../link/data/database.ts';
import type { AssessedLink } from '../../link/data/link.ts';
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

/** Whether each objective is met by every database of the link; `unseen` where one has no figure and no other misses it. */
export function objectiveFacts(link: AssessedLink, objectives: Objectives, source: Source): readonly Fact[] {
  const of = { link: link.name, managedInstance: link.managedInstance };
  // In a split brain a failover is no question, and each end's figure is about the other.
  const databases = link.verdict === 'split_brain' ? [] : link.databases;
  const told = (figuresOf: (database: LinkDatabase) => readonly number[]): readonly (readonly number[])[] =>
    databases
      .map((database) => ({ isCarried: database.isCarried, figures: figuresOf(database) }))
      // Of what may be no part of the link a figure counts, and that there is none says nothing.
      .flatMap(({ isCarried, figures }) => (isCarried === null && figures.length === 0 ? [] : [figures]));
  const losses = told(({ ends }) => ends.flatMap(({ figures }) => figures.estimatedDataLossSeconds ?? []));
  const recoveries = told(({ ends }) =>
    ends
      .filter(({ role }) => role === 'SECONDARY')
      .flatMap(({ figures }) => figures.estimatedRecoverySeconds.local ?? []),
  );
  return [
    fact({ kind: 'objective', ...of, name: 'data_loss', value: outcomeOf(losses, objectives.dataLossSeconds), source }),
    fact({
      kind: 'objective',
      ...of,
      name: 'recovery',
      value: outcomeOf(recoveries, objectives.recoverySeconds),
      source,
    }),
  ];
}

/** `figures` are those of each database: none where nobody tells one, which is not one that is met. */
function outcomeOf(figures: readonly (readonly number[])[], most: number): string {
  if (figures.flat().some((each) => each > most)) return 'missed';
  return figures.length === 0 || figures.some((own) => own.length === 0) ? unseenValue : 'met';
}
