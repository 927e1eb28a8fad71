import { classifyError } from '../../sql/classify-error.ts';
import type { Connection, DeclaredColumn } from '../../sql/connection.ts';
import { documentedShape, type Shape, type View } from '../../views/view.ts';
import type { ViewQuery } from '../view-query.ts';

/** SQL Server's "Invalid column name". It refuses the whole statement, and in a batch all statements. */
const invalidColumnName = 207;

/**
 * What a conversion of a column of another type is refused with: an operand clash (206), no implicit or explicit
 * conversion (257, 402, 529), a value that does not convert (245, 248, 8114), that overflows (8115), or a uniqueidentifier
 * in the wrong length (8169, 8170).
 */
const conversions: ReadonlySet<number> = new Set([206, 245, 248, 257, 402, 529, 8114, 8115, 8169, 8170]);

type ShapeQuery = Pick<ViewQuery, 'connection' | 'facts' | 'memory' | 'signal' | 'limit'>;

/**
 * In which other shape a server may have a view that it refused; null: it was not refused for that, or no other is left.
 * Goes by the number, as texts are in the server's language.
 */
export async function otherShape(view: View, error: unknown, query: ShapeQuery): Promise<Shape | null> {
  const { errorNumber } = classifyError(error);
  const shape = query.memory.shapes.get(view.name) ?? documentedShape;
  if (errorNumber === invalidColumnName) return withoutMissing(view, error, { ...query, shape });
  const isConversion = errorNumber !== null && conversions.has(errorNumber);
  return isConversion && view.converts && !shape.isRaw ? { ...shape, isRaw: true } : null;
}

async function withoutMissing(
  view: View,
  error: unknown,
  query: ShapeQuery & { readonly shape: Shape },
): Promise<Shape | null> {
  const { shape, facts } = query;
  if (view.probe === null) return null;
  const asked = view.asked(facts).filter((name) => !shape.absent.has(name));
  const declared = await declaredNames(view.probe, query);
  const missing = declared === null ? namedIn(error, asked) : asked.filter((name) => !declared.has(name.toLowerCase()));
  const spelled = new Map([...shape.spelled, ...(declared === null ? [] : otherCase(asked, declared))]);
  const isNews = missing.length > 0 || spelled.size > shape.spelled.size;
  if (!isNews || missing.length === asked.length) return null;
  return { ...shape, absent: new Set([...shape.absent, ...missing]), spelled };
}

/** A server with a case-sensitive collation minds the case of names: those that it spells otherwise, with its spelling. */
function otherCase(asked: readonly string[], declared: DeclaredNames): readonly (readonly [string, string])[] {
  return asked.flatMap((name) => {
    const sent = declared.get(name.toLowerCase());
    return sent === undefined || sent === name ? [] : [[name, sent] as const];
  });
}

/** By the name in lower case, the name as the server spells it. */
type DeclaredNames = ReadonlyMap<string, string>;

/** The columns that a view has, from an answer without rows: it takes the same right as the view. Null: not told. */
async function declaredNames(probe: string, { connection, signal, limit }: ShapeQuery): Promise<DeclaredNames | null> {
  const columns = await columnsOf(connection, probe, { signal, limit: limit ?? signal });
  return columns.length === 0 ? null : new Map(columns.map(({ name }) => [name.toLowerCase(), name]));
}

async function columnsOf(
  connection: Connection,
  probe: string,
  { signal, limit }: { readonly signal: AbortSignal; readonly limit: AbortSignal },
): Promise<readonly DeclaredColumn[]> {
  const found: DeclaredColumn[] = [];
  await connection.queryEach(probe, { signal, limit: () => limit, onResult: ({ columns }) => found.push(...columns) });
  return found;
}

/** The columns that an error names, whatever the language: the server puts the name itself into its text. */
function namedIn(error: unknown, names: readonly string[]): readonly string[] {
  const texts = textsOf(error);
  return names.filter((name) => texts.some((text) => text.split(/[^\w]+/).includes(name)));
}

/** mssql gives the last error of a batch, and those before it beside it. */
function textsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const before = 'precedingErrors' in error && Array.isArray(error.precedingErrors) ? error.precedingErrors : [];
  return [error, ...before].flatMap((each: unknown) => (each instanceof Error ? [each.message] : []));
}
