import type { NextStep } from '../../check/report/report.ts';
import type { Statement } from '../../text/tsql.ts';
import { isVisible } from '../../text/visible.ts';
import { type Html, html } from './html.ts';

/** A page holds no more statements of one step; `check --json` has them all. */
const maximumStatements = 20;

export interface StepsOptions {
  /** Tells these steps from others on the page, also after it has changed. */
  readonly key: string;
  readonly isOpen: boolean;
  /** Of the first of them; 1 unless given. */
  readonly firstNumber?: number;
}

/** What is done first stands before all else. */
export function firstStep({ text, servers, statements }: NextStep): Html {
  const run = statements.length === 0 ? null : statementList(servers, statements);
  return html`<div class="first"><p><strong>First:</strong> ${text}</p>${run}</div>
`;
}

/** What to do, numbered, behind a heading that unfolds it; nothing where there is nothing to do. */
export function steps(all: readonly NextStep[], { key, isOpen, firstNumber = 1 }: StepsOptions): Html {
  if (all.length === 0) return html``;
  return html`<details data-key="${key}"${isOpen ? html` open` : null}>
<summary>${firstNumber === 1 ? 'What to do' : 'What to do then'}: ${all.length === 1 ? '1 step' : `${all.length} steps`}</summary>
<ol class="steps" start="${String(firstNumber)}">
${all.map(step)}</ol>
</details>
`;
}

function step({ text, servers, statements }: NextStep): Html {
  return html`<li>${text}${statements.length === 0 ? null : statementList(servers, statements)}</li>\n`;
}

/** To be copied as it is: where to run it stands before it as a comment. */
function statementList(servers: readonly string[], statements: readonly Statement[]): Html {
  const where = servers.length === 0 ? null : html`-- on ${servers.join(', ')}\n`;
  const hidden = statements.length - maximumStatements;
  const rest = hidden > 0 ? `-- and ${hidden} more: milink-exporter check --json has them all` : null;
  return html`<pre><code>${where}${statements.slice(0, maximumStatements).map(statement)}${rest}</code></pre>`;
}

/** A name that would not be shown as it is would be spoilt: the statement keeps its placeholder then, and says so. */
function statement({ text, template }: Statement): Html {
  if (isVisible(text)) return html`${text}\n`;
  return html`-- a name has characters that are not shown here: milink-exporter check --json has the statement\n${template}\n`;
}
