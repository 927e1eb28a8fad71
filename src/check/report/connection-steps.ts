import type { ServerState } from '../../model/server-state.ts';
import { behindListener, connectClass, connectSteps, provesNetwork } from '../advice/connect-class.ts';
import { endpointTexts, networkTexts } from '../advice/connection.ts';
import { stepsOfTexts } from '../advice/text.ts';
import { fillStep, type StepScene } from './fill-step.ts';
import type { EndReport, ErrorReport, NextStep } from './report.ts';

/**
 * What to do about a connection that is down, by what its last errors prove, then by their numbers. What was read and is in
 * order is not asked for again.
 */
export function connectionSteps(errors: readonly ErrorReport[], scene: StepScene): readonly NextStep[] {
  const told = scene.ends.flatMap(({ server, lastConnectError: error }) =>
    error === null ? [] : [{ server, is: connectClass(error.number, error.description) }],
  );
  const classes = [...new Set(told.map(({ is }) => is))];
  const isNetworkGood = classes.some(provesNetwork);
  const kept = (texts: readonly string[]): readonly string[] =>
    unread(texts, scene).filter((text) => !(isNetworkGood && networkTexts.includes(text)));
  const before = told.flatMap(({ server, is }, index) => {
    // What both ends tell is told once, but for a certificate: which end does not take it matters.
    if (is !== 'certificate' && told.findIndex((each) => each.is === is) < index) return [];
    return connectSteps[is].map((step) => fillStep(step, { ...scene, teller: server }));
  });
  const ofErrors = errors.flatMap(({ whatToDo, server }) =>
    stepsOfTexts(kept(whatToDo), 'teller').map((step) => fillStep(step, { ...scene, teller: server })),
  );
  const rest = stepsOfTexts(kept([...networkTexts, ...endpointTexts]), 'sql_server');
  const last = isNetworkGood || classes.includes('name') ? [] : [behindListener];
  return [...before, ...ofErrors, ...[...rest, ...last].map((step) => fillStep(step, scene))];
}

/** Texts of the catalogue without those that ask for an endpoint that was read. */
export function unread(texts: readonly string[], scene: StepScene): readonly string[] {
  return isEndpointRead(scene) ? texts.filter((text) => !endpointTexts.includes(text)) : texts;
}

/** Every endpoint of a SQL Server end was read: one that is not started is a finding with a step of its own. */
function isEndpointRead({
  ends,
  servers,
}: {
  readonly ends: readonly EndReport[];
  readonly servers: readonly ServerState[];
}): boolean {
  const own = ends.filter(({ engine }) => engine === 'sql_server');
  return (
    own.length > 0 &&
    own.every(({ server }) => {
      const outcome = servers.find(({ name }) => name === server)?.outcome;
      const endpoints = outcome?.kind === 'ok' ? (outcome.snapshot.views.database_mirroring_endpoints ?? []) : [];
      return endpoints.length > 0 && endpoints.every(({ state }) => state !== null);
    })
  );
}
