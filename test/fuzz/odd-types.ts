import type { Reshape } from '../integration/altered-end.ts';
import { columnOddities, withOddColumn } from '../integration/odd-column.ts';
import { randomOf } from './random.ts';

/** Columns that come otherwise than documented, a few in some of the answers: other types, names, missing, twice. */
export function reshapeColumns(seed: number): Reshape {
  let answers = 0;
  return (set) => {
    answers += 1;
    const random = randomOf(seed, answers);
    let odd = set;
    for (let left = random.chance(0.5) ? random.below(4) : 0; left > 0; left -= 1) {
      const column = odd.columns[random.below(odd.columns.length)];
      const oddity = columnOddities[random.below(columnOddities.length)];
      if (column !== undefined && oddity !== undefined) odd = withOddColumn(odd, column.name, oddity);
    }
    return odd;
  };
}
