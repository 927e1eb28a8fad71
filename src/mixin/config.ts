import type { Matchers } from './selector.ts';

/** What a site may want to change before it generates the rules and dashboards for itself. */
interface MixinConfig {
  /** Added to every selector of the alert rules; empty by default: a `milink_` series is the exporter's whatever its job. */
  readonly selector: Matchers<string>;
  /** `job_name` of the exporter in the scrape configuration: the only way to know an exporter that answers nothing. */
  readonly exporterJob: string;
  /** Where the pages of docs/runbooks are read. */
  readonly runbookBaseUrl: string;
  readonly certificateWarningDays: number;
  readonly certificateCriticalDays: number;
}

export const mixinConfig: MixinConfig = {
  selector: {},
  exporterJob: 'milink-exporter',
  runbookBaseUrl: 'https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks',
  certificateWarningDays: 30,
  certificateCriticalDays: 7,
};
