import { resume } from '../../model/errors/step.ts';
import { describeSuspendReason } from '../../model/suspend-reason.ts';
import { stepsOfTexts } from '../advice/text.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import type { CopyReport, LinkReport, NextStep } from './report.ts';

/** By server and reason, so that a hundred databases suspended for one reason are one list of steps. */
export function suspensionSteps({ databases }: Pick<LinkReport, 'databases'>, scene: StepScene): readonly NextStep[] {
  const suspended = databases.flatMap(({ name, copies }) => suspendedCopies(copies).map((copy) => ({ name, copy })));
  const groups = Map.groupBy(suspended, ({ copy }) => JSON.stringify([copy.server ?? copy.toldBy, copy.suspendReason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { suspendReason, server, toldBy } = first.copy;
    const names = [...new Set(group.map(({ name }) => name))];
    const known = suspendReason === null ? null : describeSuspendReason(suspendReason);
    return stepsOfTexts(known?.whatToDo ?? unknownSuspension, 'teller').map((step) =>
      fillStep(step, { ...scene, databases: names, teller: server ?? toldBy }),
    );
  });
}

const unknownSuspension: readonly string[] = ['Find out why.', resume];

/** The server with the suspended copy says so itself; its partner's word counts where it can't be asked. */
function suspendedCopies(copies: readonly CopyReport[]): readonly CopyReport[] {
  const suspended = copies.filter(({ isSuspended }) => isSuspended === true);
  const own = suspended.filter(({ isOwn }) => isOwn);
  return own.length > 0 ? own : suspended;
}
