/** A line in which everybody gets a turn, whoever asks more often. */
export interface FairLine<Item> {
  readonly add: (item: Item) => void;
  /** False: it does not wait any more. */
  readonly remove: (item: Item) => boolean;
  /** Takes out who is next; null when nobody waits. */
  readonly next: () => Item | null;
  /** How many wait of the same origin. */
  readonly waitingOf: (item: Item) => number;
}

interface Branch<Item> {
  /** Who is first is next, and goes to the end then. */
  readonly branches: Map<unknown, Branch<Item>>;
  /** Those of one origin, in the order in which they came. */
  items: readonly Item[];
}

/**
 * Creates a line by origins, from the widest to the narrowest, for instance client, user, connection: clients take turns, of
 * one client its users, of one user the connections. All origins have the same number of steps.
 */
export function createFairLine<Item>(originOf: (item: Item) => readonly unknown[]): FairLine<Item> {
  const root = newBranch<Item>();

  const branchOf = (item: Item): Branch<Item> | undefined =>
    originOf(item).reduce((branch: Branch<Item> | undefined, step) => branch?.branches.get(step), root);

  return {
    add: (item) => {
      const branch = originOf(item).reduce((above: Branch<Item>, step) => {
        const below = above.branches.get(step) ?? newBranch<Item>();
        above.branches.set(step, below);
        return below;
      }, root);
      branch.items = [...branch.items, item];
    },
    remove: (item) => removeFrom(root, item, originOf(item)),
    next: () => takeFrom(root),
    waitingOf: (item) => branchOf(item)?.items.length ?? 0,
  };
}

function newBranch<Item>(): Branch<Item> {
  return { branches: new Map(), items: [] };
}

function isEmpty({ branches, items }: Branch<unknown>): boolean {
  return branches.size === 0 && items.length === 0;
}

function takeFrom<Item>(branch: Branch<Item>): Item | null {
  const [step, below] = branch.branches.entries().next().value ?? [null, null];
  if (below === null) {
    const [item = null, ...rest] = branch.items;
    branch.items = rest;
    return item;
  }
  const item = takeFrom(below);
  branch.branches.delete(step);
  if (!isEmpty(below)) branch.branches.set(step, below);
  return item;
}

function removeFrom<Item>(branch: Branch<Item>, item: Item, [step, ...rest]: readonly unknown[]): boolean {
  const below = branch.branches.get(step);
  if (below === undefined) {
    const others = branch.items.filter((each) => each !== item);
    const wasThere = others.length < branch.items.length;
    branch.items = others;
    return wasThere;
  }
  const wasThere = removeFrom(below, item, rest);
  if (isEmpty(below)) branch.branches.delete(step);
  return wasThere;
}
