import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';

/** The data source that the reader chooses at the top of the dashboard. */
export const datasource: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** One query; `legend` is the name of its series. */
export interface Query {
  readonly expression: string;
  readonly legend: string;
}

/** What every panel has; where it is comes from the layout. */
export interface Frame {
  /** Unique in the dashboard and never reused: links to a panel name it. */
  readonly id: number;
  readonly title: string;
  /** What is to be seen, and what to do about it. */
  readonly description: string;
  /** A Grafana unit: `s`, `bytes`, `short`, ... */
  readonly unit: string;
  /** At least one; their letters are A, B, ... in this order. */
  readonly queries: readonly Query[];
  /** What an empty panel says. */
  readonly whenEmpty: string;
}

/** A panel that has no place yet. */
export interface UnplacedPanel extends Builder<Panel> {
  gridPos(position: GridPos): unknown;
}

/** What `framed` needs of the builders: they share it without sharing a type. */
interface Framable<Self> {
  id(id: number): Self;
  title(title: string): Self;
  description(description: string): Self;
  datasource(datasource: DataSourceRef): Self;
  unit(unit: string): Self;
  noValue(text: string): Self;
  targets(targets: Builder<Dataquery>[]): Self;
}

/** The letter by which a panel names its query. */
export function queryLetter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** Fills in what every panel has. The builders leave out `id`, `refId` and the data source unless told. */
export function framed<Builder extends Framable<Builder>>(
  panel: Builder,
  frame: Frame,
  { isInstant = false } = {},
): Builder {
  const queries = frame.queries.map(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(queryLetter(index))
      .datasource(datasource)
      .expr(expression)
      .legendFormat(legend);
    return isInstant ? query.instant().format(PromQueryFormat.Table) : query.range();
  });
  return panel
    .id(frame.id)
    .title(frame.title)
    .description(frame.description)
    .datasource(datasource)
    .unit(frame.unit)
    .noValue(frame.whenEmpty)
    .targets(queries);
}
