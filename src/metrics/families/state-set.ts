/** The label value and the 0 or 1 of one series of a state. */
export interface StateFlag {
  readonly state: string;
  readonly value: 0 | 1;
}

/**
 * One flag per documented state, so that a state that is over reads 0 and not an old 1. A text that is not documented (a newer
 * server's) is one flag more, as it is. NULL yields nothing: the server did not say.
 */
export function stateFlags(documented: readonly string[], current: string | null): readonly StateFlag[] {
  if (current === null) return [];
  const states = documented.includes(current) ? documented : [...documented, current];
  return states.map((state) => ({ state, value: state === current ? 1 : 0 }));
}

/** One sample of a gauge that NULL leaves out. */
export function known<Labels>(labels: Labels, value: number | null): readonly { labels: Labels; value: number }[] {
  return value === null ? [] : [{ labels, value }];
}

/** 1 or 0; NULL stays NULL. */
export function flag(condition: boolean | null): 0 | 1 | null {
  if (condition === null) return null;
  return condition ? 1 : 0;
}
