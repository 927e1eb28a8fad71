/** Under which paths the exporter answers, and under which its own pages link to it. */
export interface WebPaths {
  /** Before the path of every route: empty, or `/prefix` without a slash at its end. */
  readonly routePrefix: string;
  /** Before every link of a page: empty, or as `routePrefix`, from which it differs behind a proxy that rewrites paths. */
  readonly linkPrefix: string;
  /** Where the metrics are, below the prefix: starts with a slash. */
  readonly telemetryPath: string;
}

export const defaultWebPaths: WebPaths = { routePrefix: '', linkPrefix: '', telemetryPath: '/metrics' };
