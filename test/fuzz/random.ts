/** Numbers that a seed decides (mulberry32): the same seed gives the same run of inputs. */
export interface Random {
  /** From 0 to below `limit`, whole. */
  readonly below: (limit: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly of: <Value>(values: readonly [Value, ...Value[]]) => Value;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (probability) => next() < probability,
    of: (values) => values[below(values.length)] ?? values[0],
  };
}

/** Another generator for each input, so that one can be made again without those before it. */
export function randomOf(seed: number, index: number): Random {
  return randomFrom(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35));
}
