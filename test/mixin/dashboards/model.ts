import { dashboards as built } from '../../../src/mixin/generated-files.ts';

/** What these tests read of Grafana's classic JSON model; a field that a file lacks is undefined here too. */
export interface DashboardJson {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly editable?: boolean;
  readonly tags?: readonly string[];
  readonly schemaVersion: number;
  readonly refresh?: string;
  readonly links?: readonly Readonly<Record<string, unknown>>[];
  readonly annotations?: { readonly list: readonly AnnotationJson[] };
  readonly templating: { readonly list: readonly VariableJson[] };
  readonly panels: readonly PanelJson[];
}

export interface AnnotationJson {
  readonly name: string;
  readonly expr: string;
  readonly datasource: { readonly uid: string };
}

export interface VariableJson {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly query?: unknown;
  readonly definition?: string;
  readonly datasource?: { readonly uid: string };
  readonly refresh?: number;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
}

export interface TargetJson {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly format?: string;
  readonly datasource?: { readonly uid: string };
}

/** One `mappings` entry that turns values into words. */
export interface MappingJson {
  readonly type: string;
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
}

export interface ThresholdsJson {
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
}

export interface OverrideJson {
  readonly matcher: { readonly id: string; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface FieldDefaultsJson {
  readonly unit?: string;
  readonly noValue?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly mappings?: readonly MappingJson[];
  readonly thresholds?: ThresholdsJson;
}

export interface PanelJson {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: FieldDefaultsJson; readonly overrides: readonly OverrideJson[] };
  readonly targets: readonly TargetJson[];
  readonly transformations?: readonly { readonly id: string; readonly options: Readonly<Record<string, unknown>> }[];
  readonly options?: {
    readonly sortBy?: readonly { readonly displayName: string; readonly desc: boolean }[];
    readonly legend?: { readonly showLegend: boolean };
  };
}

/** The dashboards as they are written: what JSON loses is lost here too. */
export const dashboards: readonly DashboardJson[] = JSON.parse(JSON.stringify(built()));

/** The panels that show something: rows only group them. */
export function panelsOf({ panels }: DashboardJson): readonly PanelJson[] {
  return panels.filter(({ type }) => type !== 'row');
}
