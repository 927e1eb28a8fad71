import type { Family, Plain, Sample, State } from '../family.ts';

/**
 * Samples that are made of some plain values of one thing after another, and by this of nothing else: what the values say as
 * before is not written again. For what mostly stays as it is from poll to poll.
 */
export function madeOf<Item, Values extends readonly Plain[], Label extends string>(
  items: (state: State) => readonly Item[],
  values: (item: Item) => readonly [...Values],
  samples: (...values: Values) => readonly Sample<Label>[],
): Required<Pick<Family<Label>, 'basis' | 'samples'>> {
  return {
    basis: (state) => {
      const all: Plain[] = [];
      for (const item of items(state)) all.push(...values(item));
      return all;
    },
    samples: (state) => items(state).flatMap((item) => samples(...values(item))),
  };
}

/** Makes something of each state, once for all that ask for it in turn: families of one part of the page do. */
export function oncePerState<Made>(make: (state: State) => Made): (state: State) => Made {
  const made = new WeakMap<State, { readonly value: Made }>();
  return (state) => {
    const former = made.get(state);
    if (former !== undefined) return former.value;
    const value = make(state);
    made.set(state, { value });
    return value;
  };
}
