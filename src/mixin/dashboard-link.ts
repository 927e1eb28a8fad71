/** The dashboards that alerts lead to, by their uid. */
export type DashboardUid =
  | 'milink-links'
  | 'milink-link'
  | 'milink-seeding'
  | 'milink-certificates'
  | 'milink-azure'
  | 'milink-exporter';

/** Labels that are variables of the dashboards too. */
type VariableLabel = 'job' | 'instance' | 'server' | 'link' | 'managed_instance' | 'database';

/** A dashboard with some of its variables set to the labels of the alert. */
export interface DashboardLink {
  readonly uid: DashboardUid;
  readonly labels: readonly VariableLabel[];
}

/**
 * The address of a dashboard as a template of an annotation. `urlquery` is Go's: names of links may hold blanks and
 * signs. An alert without the label leaves the variable as the dashboard has it.
 */
export function dashboardUrl(grafanaBaseUrl: string, { uid, labels }: DashboardLink): string {
  const variables = labels.map((label) => `{{ with $labels.${label} }}&var-${label}={{ . | urlquery }}{{ end }}`);
  return `${grafanaBaseUrl}/d/${uid}?from=now-3h${variables.join('')}`;
}
