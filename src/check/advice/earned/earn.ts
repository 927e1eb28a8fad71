import type { LinkEnd } from '../../../link/data/end.ts';
import { type Earned, refused, type Sight } from './answer.ts';
import { earnDemotion } from './demotion.ts';
import { earnFailover } from './failover.ts';
import type { LosingKind } from './losing.ts';
import { earnDrop, earnReplacement } from './removal.ts';

const rules: Readonly<Record<LosingKind, (end: LinkEnd, sight: Sight) => Earned>> = {
  force_failover: earnFailover,
  demote: earnDemotion,
  drop_group: earnDrop,
  drop_imported_certificate: earnReplacement,
};

/**
 * The only way to a statement that can lose data: the named end has to earn it by what was seen, whoever asks.
 * Refused unless every condition is known to hold: what was not seen never speaks for it. Pure.
 */
export function earn(kind: LosingKind, server: string | null, sight: Sight): Earned {
  const [end, ...others] = sight.link.ends.filter((each) => each.server === server);
  if (end === undefined || others.length > 0) return refused('The end that it would be for is not seen.');
  if (sight.link.findings.some(({ code }) => code === 'ambiguous_identity')) {
    return refused('Which availability group belongs to which managed instance is not known.');
  }
  return rules[kind](end, sight);
}
