import { globSync } from 'node:fs';
import { adviceOfFinding } from '../../src/check/advice/catalogue.ts';
import {
  certificateNotValidYet,
  renewAuthority,
  renewCopy,
  rotateEndpointCertificate,
} from '../../src/check/advice/certificate.ts';
import { beforeSeedingAgain } from '../../src/check/advice/database.ts';
import { losingStatements } from '../../src/check/advice/earned/losing.ts';
import { errorCatalogue } from '../../src/model/errors/catalogue.ts';
import { messageCatalogue } from '../../src/model/errors/messages.ts';
import { suspendReasons } from '../../src/model/suspend-reason.ts';
import { blocksOf, pageAt } from '../runbooks/pages.ts';

/** A T-SQL text that users are shown, with its first place. */
export interface Shipped {
  readonly from: string;
  readonly sql: string;
}

/** Every T-SQL text of the catalogue of errors, the advice of `check` and the documents, each once. */
export function shippedStatements(root: string): readonly Shipped[] {
  const all = [...ofCatalogue(), ...ofAdvice(), ...ofDocuments(root)];
  return [...new Map(all.toReversed().map((each) => [each.sql, each])).values()].toReversed();
}

function ofCatalogue(): readonly Shipped[] {
  return [...errorCatalogue, ...messageCatalogue, ...suspendReasons].flatMap((entry) =>
    entry.whatToDo.flatMap((text) =>
      text
        .split('`')
        .filter((part, index) => index % 2 === 1 && part.trimEnd().endsWith(';'))
        .map((sql) => ({ from: `catalogue, ${'number' in entry ? entry.number : entry.name}`, sql })),
    ),
  );
}

function ofAdvice(): readonly Shipped[] {
  const ofFindings = Object.entries(adviceOfFinding).flatMap(([code, steps]) =>
    (steps ?? []).map((step) => ({ code, step })),
  );
  const ofCertificates = [
    certificateNotValidYet,
    renewAuthority,
    ...Object.values(renewCopy),
    rotateEndpointCertificate,
  ];
  const further = [...ofCertificates, beforeSeedingAgain]
    .flat()
    .map((step) => ({ code: 'certificates, seeding', step }));
  const ofSteps = [...ofFindings, ...further].flatMap(({ code, step }) =>
    [...(step.sql ?? []), ...(step.loses?.proof === undefined ? [] : [step.loses.proof])].map((sql) => ({
      from: `advice, ${code}`,
      sql,
    })),
  );
  const losing = Object.entries(losingStatements).flatMap(([kind, { proof, statement }]) =>
    [proof, statement].map((sql) => ({ from: `advice, ${kind}`, sql })),
  );
  return [...ofSteps, ...losing];
}

function ofDocuments(root: string): readonly Shipped[] {
  return globSync('docs/**/*.md', { cwd: root })
    .toSorted()
    .flatMap((path) => blocksOf(pageAt(path)))
    .filter(({ language }) => /^t?sql$/.test(language))
    .map(({ page, text }) => ({ from: page, sql: text }));
}
