import type { LinkDatabase } from '../../link/data/database.ts';
import { createAgain } from '../../model/errors/step.ts';
import { recreate } from './azure.ts';
import type { AdviceStep } from './step.ts';

const startingOver: ReadonlySet<string> = new Set([createAgain, recreate.text]);

/** Steps that delete a link and make it anew: what its creation has failed at, not what a link does that protects a database. */
export function startsOver({ text }: Pick<AdviceStep, 'text'>): boolean {
  return startingOver.has(text);
}

/** Whether the link protects any of its databases: with it the copies of all of them would go. */
export function linkStands(
  databases: readonly Pick<LinkDatabase, 'isCarried' | 'name'>[],
  beingSeeded: ReadonlySet<string>,
): boolean {
  return databases.some(({ isCarried, name }) => isCarried === true && !beingSeeded.has(name));
}

/** In the place of those steps, where one database of a link that stands has no copy and can't get one. */
export const addAgain: AdviceStep = {
  text: "Leave the link and its other databases as they are. Once the cause is mended, take the database whose copy failed out of the ordinary group at {primary} and add it again: it is seeded anew. Where that end is a managed instance, its groups are Azure's.",
};
