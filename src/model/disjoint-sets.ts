/** Things that are joined two by two, told apart by name: which of them hang together. */
export interface DisjointSets {
  /** The smallest name, by code units, of all that hang together with this one: whatever the order of joining. */
  readonly rootOf: (name: string) => string;
  readonly join: (one: string, other: string) => void;
}

export function createDisjointSets(): DisjointSets {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    return root;
  };
  return {
    rootOf,
    join: (one, other) => {
      const [root, child] = [rootOf(one), rootOf(other)];
      if (root < child) parents.set(child, root);
      else if (child < root) parents.set(root, child);
    },
  };
}
