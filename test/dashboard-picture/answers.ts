import type { Series } from '../daemons/prometheus.ts';
import { type Chosen, runTarget, type Source, type TimeRange } from '../estate/grafana.ts';
import type { PanelJson, TargetJson } from '../mixin/dashboards/model.ts';

/** What one query of a panel gave. */
export interface Answer {
  readonly target: TargetJson;
  readonly series: readonly Series[];
}

/** A panel with what its queries gave. */
export interface AnsweredPanel {
  readonly panel: PanelJson;
  readonly answers: readonly Answer[];
  readonly range: TimeRange;
}

/** Asks all queries of a panel. */
export async function answerPanel(
  panel: PanelJson,
  context: { readonly source: Source; readonly chosen: Chosen; readonly range: TimeRange },
): Promise<AnsweredPanel> {
  const answers = await Promise.all(
    (panel.targets ?? []).map(async (target) => ({ target, series: await runTarget(target, context) })),
  );
  return { panel, answers, range: context.range };
}

/** A series with the name that its legend gives it. */
export interface NamedSeries extends Series {
  readonly name: string;
}

/** All series of a panel by name. */
export function namedSeries({ answers }: AnsweredPanel): readonly NamedSeries[] {
  return answers
    .flatMap(({ target, series }) => series.map((one) => ({ ...one, name: legendOf(target.legendFormat, one.metric) })))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function legendOf(format: string, labels: Series['metric']): string {
  return format.replace(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '').trim();
}
