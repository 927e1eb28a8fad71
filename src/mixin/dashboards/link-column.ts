import type { Column } from './table-panel.ts';

const linkTitle = 'Link';
const managedInstanceTitle = 'Managed instance';

/** A variable of Grafana in the address of a link. */
const variable = (name: string): string => `\${${name}}`;
const cell = (title: string): string => variable(`__data.fields["${title}"]:percentencode`);

/** Keeps what the reader chose: the parameters of a dashboard's address are `var-` and the variable's name. */
const kept = ['datasource:queryparam', 'job:queryparam', 'instance:queryparam', '__url_time_range']
  .map(variable)
  .join('&');

/** The name of a link; a click opens it in the dashboard of one link. */
export const linkColumn: Column = {
  title: linkTitle,
  from: { label: 'link' },
  link: {
    title: 'Open this link',
    url: `/d/milink-link/mi-link-link?var-link=${cell(linkTitle)}&var-managed_instance=${cell(managedInstanceTitle)}&${kept}`,
  },
};

/** The other half of a link's identity: its name alone need not be the only one. */
export const managedInstanceColumn: Column = { title: managedInstanceTitle, from: { label: 'managed_instance' } };
