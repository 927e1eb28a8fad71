import type { Config } from '../../config/config.ts';
import { defaultHistory } from '../../config/history.ts';
import { createHistory, type History } from '../../history/history.ts';
import { aliveSeconds } from '../../history/levels.ts';
import type { Line } from '../../history/line.ts';
import { openJournal, readJournal } from '../../journal/journal.ts';
import type { LogFields, Logger } from '../../log/logger.ts';
import type { State } from '../../metrics/family.ts';
import type { Clock } from '../../poll/time/clock.ts';
import { inSteps } from '../../steps/steps.ts';
import { errorText } from './reload.ts';

export interface RememberingOptions {
  readonly config: Config;
  readonly readState: () => State;
  readonly clock: Pick<Clock, 'nowSeconds'>;
  readonly logger: Logger;
  /** Told whether what happens is written; never called without a directory. */
  readonly onWritten: (isGood: boolean) => void;
}

/** The memory of the daemon at work. */
export interface Remembering {
  readonly history: History;
  /** Begins to write. */
  readonly begin: () => void;
  /** Takes in the present state. */
  readonly look: () => Promise<void>;
  /** A configuration was put in force: tells it, and whether its section `history` is not, which needs a new start. */
  readonly reloaded: (config: Config, change: LogFields) => void;
  readonly stop: () => Promise<void>;
}

/** Reads back what `history.path` holds, and goes on with it. Never throws: without its directory it remembers less. */
export function startRemembering({ config, readState, clock, logger, onWritten }: RememberingOptions): Remembering {
  const { nowSeconds } = clock;
  const settings = config.history ?? defaultHistory;
  const { path: directory, objectives } = settings;
  const history = createHistory({ objectives, lines: directory === null ? [] : readBack(directory, logger) });
  const journal =
    directory === null
      ? null
      : openJournal({
          directory,
          sizeBytes: settings.sizeLimitBytes,
          ageSeconds: settings.ageLimitSeconds,
          heading: history.heading,
          nowSeconds,
          onTrouble: (error) => {
            onWritten(error === null);
            if (error === null) return logger.info('history is written again', { path: directory });
            const lost = 'history can not be written: what happens now is lost with this process';
            return logger.error(lost, { path: directory, error });
          },
        });
  if (journal !== null) {
    onWritten(true);
    history.attach(journal);
  }
  let looking: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    const next = (): Promise<void> => inSteps('remember', history.look({ ...readState(), nowSeconds: nowSeconds() }));
    looking = looking.then(next, next);
    return looking;
  };
  const alive = async (): Promise<void> => {
    // A state that could not be judged, which the scrape tells, was not seen.
    const hasSeen = await look().then(
      () => true,
      () => false,
    );
    if (hasSeen) history.alive(nowSeconds());
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    history,
    begin: () => {
      history.note('started', nowSeconds());
      timer = setInterval(() => void alive(), aliveSeconds * 1000).unref();
    },
    look,
    reloaded: (next, change) => {
      const words = Object.entries(change).map(([key, value]) => `${key} ${value}`);
      history.note(`loaded its configuration: ${words.join(', ')}`, nowSeconds());
      if (JSON.stringify(next.history ?? defaultHistory) !== JSON.stringify(settings))
        logger.warn('history of the configuration counts from the next start on');
    },
    stop: async () => {
      clearInterval(timer);
      await alive();
      history.note('stopped', nowSeconds());
      journal?.close();
    },
  };
}

function* readBack(directory: string, logger: Logger): Generator<Line> {
  try {
    const journal = readJournal(directory);
    yield* journal.lines;
    const lines = journal.unreadable();
    if (lines > 0) logger.warn('lines of the history could not be read', { path: directory, lines });
  } catch (error) {
    // There is none before the first start.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    logger.error('history could not be read back', { path: directory, error: errorText(error) });
  }
}
