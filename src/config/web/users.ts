import { joinPath } from '../file/yaml-tree.ts';
import type { Located } from '../value/mapping.ts';
import { showKind } from '../value/wording.ts';
import type { WebContext } from './section.ts';

/** The versions that bcryptjs knows, costs from 4 to 31, 22 characters of salt and 31 of hash. */
const bcryptPattern = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

/**
 * Below, whoever reads the file guesses the password soon. Beyond, one comparison takes longer than any scrape waits, and
 * who names that user, with whatever password, keeps all others waiting for as long.
 */
const [lowestCost, highestCost] = [8, 16];

/** Reads `basic_auth_users`: hashes by user. No message shows a user or a hash: both may be a password in the wrong place. */
export function readUsers(at: Located, { report, warn }: WebContext): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  if (at.node.kind !== 'mapping') {
    report(at.path, at.line, 'not a mapping: give users as keys and their bcrypt hashes as values');
    return users;
  }
  for (const { key, line, value } of at.node.entries) {
    const path = joinPath(at.path, key);
    const hash = value.kind === 'scalar' ? value.value : value.kind;
    if (key === null) report(path, line, 'the user is not a text: put it in quotes');
    // RFC 7617 section 2: the first colon ends the user.
    else if (key === '' || key.includes(':')) report(path, line, 'a user is a text without a colon');
    else if (typeof hash !== 'string') report(path, line, `${showKind(hash)} is not a bcrypt hash: ${howToHash}`);
    else if (!bcryptPattern.test(hash))
      report(path, line, `this is not a bcrypt hash ($2a$, $2b$ or $2y$): ${howToHash}`);
    else {
      if (costOf(hash) > highestCost)
        warn(
          path,
          line,
          `a hash of cost ${costOf(hash)} makes each login slow: 10 is usual, each step doubles the time`,
        );
      if (costOf(hash) < lowestCost)
        warn(path, line, `a hash of cost ${costOf(hash)} is quickly guessed by whoever reads this file: 10 is usual`);
      users.set(key, hash);
    }
  }
  return users;
}

const howToHash = 'make one with `htpasswd -nBC 10 USER`';

/** The binary logarithm of the work that a bcrypt hash takes. */
export function costOf(hash: string): number {
  return Number(hash.slice(4, 6));
}
