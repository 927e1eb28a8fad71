import { type ServerErrorClass, serverErrorGroups } from './server-error-groups.ts';

const classes: ReadonlyMap<number, ServerErrorClass> = new Map(
  serverErrorGroups.flatMap((group) => Object.keys(group.numbers).map((number) => [Number(number), group.class])),
);

/** The class of an error number; null for one that is not known. */
export function serverErrorClass(number: number): ServerErrorClass | null {
  return classes.get(number) ?? null;
}
