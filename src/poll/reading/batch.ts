import type { Failure } from '../../model/failure-reason.ts';
import type { ServerFacts } from '../../model/server.ts';
import { classifyError } from '../../sql/classify-error.ts';
import { type Connection, type ResultSet, type StatementError, TimeLimitError } from '../../sql/connection.ts';
import { inSteps } from '../../steps/steps.ts';
import { ColumnError } from '../../views/column.ts';
import { gatherOddities } from '../../views/entry.ts';
import { documentedShape, type View } from '../../views/view.ts';
import type { Clock } from '../time/clock.ts';
import { type Asked, type Progress, recordReading } from './progress.ts';
import { batchOf, rowsOf } from './view.ts';
import { isBatchable, type ViewMemory } from './view-memory.ts';
import type { ViewPlans } from './view-schedule.ts';

export interface BatchOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly memory: ViewMemory;
  readonly plans: ViewPlans;
  readonly signal: AbortSignal;
  /** How long the next answer of the batch may take. */
  readonly limit: () => AbortSignal;
}

/** How often what is left of a batch is sent again without what kept it from running. */
const mostBatches = 3;

/** Two batches in a row that ended a connection half-way: everything is asked alone for as long as the program runs. */
const mostEnds = 2;

/**
 * Reads views together: one round trip for all of them. What did not come is left to be asked alone, in this poll, so that
 * a view that can't be read costs the others nothing; here nothing fails. Resolves to why the connection has ended, null
 * when it has not.
 */
export async function readBatch(
  views: readonly View[],
  progress: Progress,
  options: BatchOptions,
): Promise<Failure | null> {
  const { memory } = options;
  let left = memory.batch.isOff ? [] : views.filter(({ name }) => isBatchable(name, memory));
  for (let count = 0; count < mostBatches && left.length > 1; count += 1) {
    const sent = await sendBatch(left, progress, options);
    const unanswered = left.filter(({ name }) => !progress.fresh.has(name));
    if (sent.ended !== null) return lose(sent.ended, unanswered.length < left.length, memory);
    if (unanswered.length === 0) break;
    const suspects = sent.refused.length > 0 ? sent.refused : unanswered.slice(0, 1);
    for (const { name } of suspects) memory.batch.suspects.set(name, (memory.batch.suspects.get(name) ?? 0) + 1);
    // What was slow is in the way of nobody when it is asked alone, and last.
    if (sent.isLate) return null;
    left = unanswered.filter((view) => !suspects.includes(view));
  }
  memory.batch.ends = 0;
  return null;
}

function lose(failure: Failure, hasBegun: boolean, { batch }: ViewMemory): Failure {
  // A connection that died since the last poll says nothing of the batch.
  if (hasBegun) batch.ends += 1;
  if (failure.reason === 'too_large' || batch.ends >= mostEnds) batch.isOff = true;
  return failure;
}

interface Sent {
  readonly ended: Failure | null;
  readonly isLate: boolean;
  /** The views whose statements the server refused. */
  readonly refused: readonly View[];
}

interface Came extends Pick<ResultSet, 'names' | 'records'> {
  readonly atSeconds: number;
}

async function sendBatch(views: readonly View[], progress: Progress, options: BatchOptions): Promise<Sent> {
  const { connection, clock, memory, signal, limit } = options;
  const asked: Asked = { startSeconds: clock.monotonicSeconds(), atSeconds: clock.nowSeconds(), isAlone: false };
  const came: Came[] = [];
  const facts = progress.rows.server?.[0] ?? memory.facts;
  const onResult = ({ names, records }: ResultSet): void => {
    came.push({ names, records, atSeconds: clock.monotonicSeconds() });
  };
  // A line for each: the server names it in an error.
  const batch = views.map((view) => `${batchOf(view, facts, memory)};`).join('\n');
  let errors: readonly StatementError[] = [];
  let thrown: unknown = null;
  try {
    errors = await connection.queryEach(batch, { signal, limit, onResult });
  } catch (error) {
    thrown = error;
  }
  const isWhole = thrown === null && errors.length === 0;
  await takeResults(pairs(views, came, { facts, memory, isWhole }), asked, { ...options, progress });
  const isLate = thrown instanceof TimeLimitError;
  return {
    ended: thrown === null || isLate ? null : classifyError(thrown),
    isLate,
    refused: errors.flatMap(({ line }) => views[line - 1] ?? []).filter(({ name }) => !progress.fresh.has(name)),
  };
}

type Pair = readonly [View, Came];

/** Which result is of which view: all in order, or where some are missing the next that has the columns that were asked for. */
function pairs(
  views: readonly View[],
  came: readonly Came[],
  { facts, memory, isWhole }: Pick<BatchOptions, 'memory'> & { facts: ServerFacts | null; isWhole: boolean },
): readonly Pair[] {
  if (isWhole && came.length === views.length)
    return came.flatMap((each, at) => (views[at] ? [[views[at], each]] : []));
  let next = 0;
  return came.flatMap((each): readonly Pair[] => {
    const names = new Set(each.names);
    const at = views.findIndex((view, index) => {
      const { absent } = memory.shapes.get(view.name) ?? documentedShape;
      return index >= next && view.asked(facts).every((name) => absent.has(name) || names.has(name));
    });
    const view = views[at];
    if (view === undefined) return [];
    next = at + 1;
    return [[view, each]];
  });
}

/** Each view is given the time since the one before it: as well as can be told where answers travel together. */
async function takeResults(
  answered: readonly Pair[],
  asked: Asked,
  { progress, clock, memory, plans }: BatchOptions & { readonly progress: Progress },
): Promise<void> {
  let beforeSeconds = asked.startSeconds;
  for (const [view, { records, atSeconds }] of answered) {
    const oddities = gatherOddities();
    const durationSeconds = atSeconds - beforeSeconds;
    beforeSeconds = atSeconds;
    const facts = progress.rows.server?.[0] ?? memory.facts;
    try {
      const query = { facts, memory, nowSeconds: asked.atSeconds, tell: oddities.tell };
      const reading = await inSteps('read', rowsOf(view, records, query));
      const taken = { ...reading, ...asked, durationSeconds, told: oddities.told(), cost: 0 };
      recordReading(view, taken, { progress, clock, memory, plan: plans(view.name) });
    } catch (error) {
      // Asked alone, it says the same, and what is wrong is told then.
      if (!(error instanceof ColumnError)) throw error;
    }
  }
}
