import { type Condition, type Level, levels } from './condition.ts';
import { conditions } from './conditions/all.ts';
import type { Question } from './question.ts';

const levelTitles: Readonly<Record<Level, string>> = {
  blocker: 'What has to be so',
  permanent: 'What can not be changed afterwards',
  advice: 'Advice',
};

const sideWords = { sql_server: 'SQL Server', managed_instance: 'managed instance', azure: 'Azure' } as const;

/** The table of docs/preflight.md, and every statement that is asked. */
export function conditionTable(): string {
  return [
    ...levels.flatMap((level) => [
      `### ${levelTitles[level]}\n`,
      table(conditions.filter((each) => each.level === level)),
    ]),
    '## What is asked\n',
    'Each is one statement that reads, once, within the time limit of a poll. The right stands beside it; without it the',
    'conditions that rest on it could not be told.\n',
    questionTable(),
  ].join('\n');
}

function table(rows: readonly Condition[]): string {
  const lines = rows.map(
    ({ id, title, goals, sides, questions, source, azureRights = [] }) =>
      `| \`${id}\` | ${title} | ${goals.join(', ')} | ${sides.map((side) => sideWords[side]).join(', ')} | ${[...questions.map(({ id }) => id), ...azureRights].map((each) => `\`${each}\``).join(', ') || '-'} | ${escaped(source)} |`,
  );
  return `${['| condition | what | for | end | read from | source |', '|---|---|---|---|---|---|', ...lines].join('\n')}\n`;
}

function questionTable(): string {
  const all = [...new Map(conditions.flatMap(({ questions }) => questions).map((each) => [each.id, each])).values()];
  const lines = all.map((each) => `| \`${each.id}\` | \`${escaped(each.sql('[database]'))}\` | ${needText(each)} |`);
  return `${['| question | statement | right |', '|---|---|---|', ...lines].join('\n')}\n`;
}

function needText({ need, since }: Question): string {
  const right =
    need.right === null
      ? 'none'
      : need.narrowRight === undefined
        ? need.right
        : `${need.right}; since 2022 ${need.narrowRight}`;
  return since > 0 ? `${right} (from version ${since} on)` : right;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
