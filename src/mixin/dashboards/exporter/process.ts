import { exporterDefinitions } from '../../../metrics/exporter-definitions.ts';
import type { Metric } from '../../promql.ts';
import { timeseriesPanel, type UnplacedPanel } from '../panels.ts';
import { select } from '../variables.ts';

/** What prom-client says of the process under the names that all exporters use. */
const own = (name: string): Metric<'job' | 'instance'> => ({ name, labels: [] });
const processCpu = own('process_cpu_seconds_total');
const residentMemory = own('process_resident_memory_bytes');
const heapUsed = own('nodejs_heap_size_used_bytes');
const openDescriptors = own('process_open_fds');
const maximumDescriptors = own('process_max_fds');
const eventLoopLag = own('nodejs_eventloop_lag_p99_seconds');

const byExporter = 'by (job, instance)';
const legend = '{{instance}}';
const whenEmpty = 'No exporter is scraped.';

/** What the process costs. */
export function cpu(): UnplacedPanel {
  return timeseriesPanel({
    id: 40,
    title: 'Processor time',
    description: 'Seconds of processor time per second. It grows with the number of servers and links, not with time.',
    unit: 'percentunit',
    queries: [{ expression: `sum ${byExporter} (rate(${select(processCpu)}[$__rate_interval]))`, legend }],
    whenEmpty,
  });
}

/** What the process holds. */
export function memory(): UnplacedPanel {
  return timeseriesPanel({
    id: 41,
    title: 'Memory',
    description:
      'Memory of the process and what its JavaScript heap uses. Rising for days without more servers: a leak, please report it.',
    unit: 'bytes',
    queries: [
      { expression: `max ${byExporter} (${select(residentMemory)})`, legend: '{{instance}} resident' },
      { expression: `max ${byExporter} (${select(heapUsed)})`, legend: '{{instance}} heap' },
    ],
    whenEmpty,
  });
}

/** Whether the process keeps up. */
export function eventLoop(): UnplacedPanel {
  return timeseriesPanel({
    id: 42,
    title: 'Lag of the event loop, 99th percentile',
    description:
      'How long anything waits before the process gets to it. Tens of milliseconds are usual; seconds: too many servers for one exporter, or too little processor time.',
    unit: 's',
    queries: [{ expression: `max ${byExporter} (${select(eventLoopLag)})`, legend }],
    whenEmpty,
  });
}

/** How near the process is to its limit. */
export function fileDescriptors(): UnplacedPanel {
  return timeseriesPanel({
    id: 45,
    title: 'File descriptors in use',
    description:
      'Part of the allowed number that is open: one for each server and each scrape. Near 100 %: raise the limit.',
    unit: 'percentunit',
    queries: [
      {
        expression: `max ${byExporter} (${select(openDescriptors)})\n/ max ${byExporter} (${select(maximumDescriptors)})`,
        legend,
      },
    ],
    whenEmpty,
  });
}

/** Who asks how often. */
export function requests(): UnplacedPanel {
  return timeseriesPanel({
    id: 43,
    title: 'HTTP requests',
    description: 'Requests answered per second by route and status: mostly scrapes. 5xx is a defect, please report it.',
    unit: 'reqps',
    queries: [
      {
        expression: `sum by (job, instance, handler, code) (rate(${select(exporterDefinitions.requests)}[$__rate_interval]))`,
        legend: '{{instance}} {{handler}} {{code}}',
      },
    ],
    whenEmpty,
  });
}

/** How long the answers take. */
export function requestDurations(): UnplacedPanel {
  const { name, labels } = exporterDefinitions.requestDuration;
  const buckets = select({ name: `${name}_bucket`, labels: [...labels, 'le'] });
  return timeseriesPanel({
    id: 44,
    title: 'HTTP requests, 99th percentile',
    description:
      'How long requests take by route. Above the scrape timeout of Prometheus (10 s by default) scrapes fail.',
    unit: 's',
    queries: [
      {
        expression: `histogram_quantile(0.99, sum by (job, instance, handler, le) (rate(${buckets}[$__rate_interval])))`,
        legend: '{{instance}} {{handler}}',
      },
    ],
    whenEmpty,
  });
}
