import { describeError } from '../../model/errors/catalogue.ts';
import { type Family, family, type Sample, type State } from '../family.ts';
import { replicaLastConnectErrorTimestampSeconds } from './replica.ts';
import { seedingFailed } from './seeding.ts';

export const errorsTotal = family({
  name: 'milink_errors_total',
  help: 'Entries about errors that concern a link in the error log of the server, by SQL Server error number, since the exporter began to read it: what was there before is not counted. Only where error_log is enabled in the configuration. A number has a series from its first entry on, so its first increase is the appearance of the series.',
  type: 'counter',
  labels: ['server', 'error'],
  source: 'sp_readerrorlog',
  samples: ({ servers }) =>
    servers.flatMap(({ name, errorLog }) =>
      [...(errorLog?.counts ?? [])].map(([number, count]) => ({
        labels: { server: name, error: String(number) },
        value: count,
      })),
    ),
});

export const errorInfo = family({
  name: 'milink_error_info',
  help: 'What the numbers in the label error of other series stand for, each number that is in one now: its name and severity (critical, warning, info) in the catalogue of this program, docs/errors.md, empty where that does not have the number.',
  type: 'info',
  labels: ['error', 'name', 'severity'],
  source: 'exporter',
  samples: (state) => errorSamples(currentErrors(state)),
  gathers: {
    from: [errorsTotal, replicaLastConnectErrorTimestampSeconds, seedingFailed],
    label: 'error',
    samples: errorSamples,
  },
});

/** Every number that a series has in its label error. */
function currentErrors(state: State): ReadonlySet<string> {
  const numbers = [errorsTotal, replicaLastConnectErrorTimestampSeconds, seedingFailed].flatMap(({ samples }) =>
    Array.from(samples(state), ({ labels }) => labels.error),
  );
  return new Set(numbers);
}

/** In ascending order. */
function errorSamples(numbers: ReadonlySet<string>): readonly Sample<'error' | 'name' | 'severity'>[] {
  const sorted = [...numbers].filter((number) => number !== '').sort((one, other) => Number(one) - Number(other));
  return sorted.map((error) => {
    const description = describeError(Number(error));
    return { labels: { error, name: description?.name ?? '', severity: description?.severity ?? '' }, value: 1 };
  });
}

/** Errors by their number. */
export const errorFamilies: readonly Family[] = [errorsTotal, errorInfo];
