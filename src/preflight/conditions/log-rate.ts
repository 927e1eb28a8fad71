import { bytesText } from '../../text/quantity.ts';
import { type Condition, type Evidence, fromRows, type Outcome, passed, untold, warned } from '../condition.ts';
import { logFlushed, resources, upSince } from '../questions.ts';

const mebibyte = 1024 ** 2;
const logBytesOfCore = 4.5 * mebibyte;
const mostLogBytes = 120 * mebibyte;
/** Before that an average says nothing of a working day. */
const leastUpSeconds = 86_400;

/** Whether the managed instance is quick enough. */
export const logRateCondition: Condition = {
  id: 'log_rate',
  title: 'the managed instance takes the log that the databases write',
  level: 'advice',
  goals: ['create'],
  sides: ['sql_server', 'managed_instance'],
  questions: [logFlushed, upSince, resources],
  source: 'Microsoft, resource limits: General Purpose takes 4.5 MiB of log a second for each core, at most 120 MiB',
  judge: logRateOutcomes,
};

/** On average since the start of the server: what it writes in its busiest hour is more, and is not seen here. */
function logRateOutcomes({
  sqlServer: server,
  managedInstance: instance,
  databases: names,
}: Evidence): readonly Outcome[] {
  return fromRows({ side: instance, question: resources }, (stats) => {
    const newest = stats.toSorted((one, other) => other.end_time.getTime() - one.end_time.getTime())[0];
    const cores = newest?.virtual_core_count ?? null;
    if (newest === undefined || newest.sku === null || cores === null)
      return [untold(instance.server, 'sys.server_resource_stats does not say how strong it is.')];
    if (/business/i.test(newest.sku))
      return [passed(instance.server, 'it is Business Critical, which takes more than the rate of General Purpose.')];
    const limit = Math.min(cores * logBytesOfCore, mostLogBytes);
    return fromRows({ side: server, question: upSince }, ([up]) =>
      fromRows({ side: server, question: logFlushed }, (rows) => {
        const seconds = up?.up_seconds == null ? null : Number(up.up_seconds);
        if (seconds === null) return [untold(server.server, 'it does not say how long it has run.')];
        if (seconds < leastUpSeconds)
          return [untold(server.server, 'it was started less than a day ago: what it writes on a day is not known.')];
        const wanted = new Set(names.map((name) => name.toLowerCase()));
        const own = rows.filter(({ instance_name }) => wanted.has((instance_name ?? '').trimEnd().toLowerCase()));
        if (own.length < wanted.size)
          return [untold(server.server, 'the counters of some of these databases were not seen.')];
        if (own.some(({ cntr_value }) => cntr_value === null))
          return [untold(server.server, 'a counter of these databases has no value.')];
        const bytes = own.reduce((sum, { cntr_value }) => sum + Number(cntr_value), 0) / seconds;
        const text = `on average since its start these databases write ${bytesText(bytes)} of log a second, and ${instance.server}, with ${cores} cores of ${newest.sku}, takes at most ${bytesText(limit)}`;
        return [
          bytes >= limit
            ? warned(server.server, `${text}: it will not follow.`)
            : passed(server.server, `${text}; the busiest hour is not seen here.`),
        ];
      }),
    );
  });
}
