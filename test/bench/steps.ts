import { createAssessor } from '../../src/link/assessor.ts';
import { catalogue } from '../../src/metrics/catalogue.ts';
import { createBodies } from '../../src/metrics/page-body.ts';
import { createSectionRenderer, divide } from '../../src/metrics/sections.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Steps } from '../../src/steps/steps.ts';
import { pairs } from '../link/pairs.ts';
import { managedInstance, sqlServer } from '../link/server-state.ts';

// `node test/bench/steps.ts`: what a poll costs until the page is ready to be sent, and its longest step, in processor time,
// so that a machine with other work says the same.

const polls = 60;

/** Two servers that carry so many links. */
function twoServers(count: number): readonly ServerState[] {
  const links = Array.from({ length: count }, (_, index) => ({ link: `DAG_${index}`, managedInstance: 'mi-prod' }));
  return [
    sqlServer({}, { links }),
    managedInstance({}, { links: links.map((link) => ({ ...link, role: 'SECONDARY' })) }),
  ];
}

function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface Cost {
  total: number;
  longest: number;
}

function measured<Result>(cost: Cost, steps: Steps<Result>): Result {
  for (;;) {
    const before = cpuMilliseconds();
    const step = steps.next();
    const took = cpuMilliseconds() - before;
    cost.total += took;
    cost.longest = Math.max(cost.longest, took);
    if (step.done) return step.value;
  }
}

/** One server after another is polled and says the same again in new rows. */
function bench(name: string, first: readonly ServerState[]): string {
  const assessor = createAssessor();
  const divided = divide(catalogue);
  const renderer = createSectionRenderer(divided);
  const bodyOf = createBodies(divided, 'text');
  const costs = { assess: { total: 0, longest: 0 }, render: { total: 0, longest: 0 }, join: { total: 0, longest: 0 } };
  const counts = { assessed: 0, rendered: 0 };
  let servers = first;
  for (let poll = -polls; poll < polls; poll += 1) {
    if (poll === 0) {
      // What comes before is for the compiler.
      for (const cost of Object.values(costs)) Object.assign(cost, { total: 0, longest: 0 });
      Object.assign(counts, { assessed: 0, rendered: 0 });
    }
    const polled = (poll + polls) % servers.length;
    servers = servers.map((server, index) => (index === polled ? structuredClone(server) : server));
    const { links, assessed } = measured(costs.assess, assessor.assess({ servers, expected: [], azure: null }));
    const { sections, rendered } = measured(costs.render, renderer.render({ servers, links }));
    measured(costs.join, bodyOf(sections).plain());
    counts.assessed += assessed;
    counts.rendered += rendered;
  }
  const rows = Object.entries(costs).map(([kind, { total, longest }]) =>
    [kind.padEnd(10), (total / polls).toFixed(1).padStart(10), longest.toFixed(1).padStart(10)].join(''),
  );
  const per = `${counts.assessed / polls} links judged, ${counts.rendered / polls} sections rendered per poll`;
  return `${name}: ${per}\n${'ms CPU'.padEnd(10)}${'per poll'.padStart(10)}${'longest'.padStart(10)}\n${rows.join('\n')}\n`;
}

for (const count of [100, 200]) process.stdout.write(bench(`${count} links on two servers`, twoServers(count)));
for (const count of [100, 300, 1000]) process.stdout.write(bench(`${count} servers, a link each`, pairs(count / 2)));
