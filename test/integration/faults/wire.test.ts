import { describe } from 'node:test';
import { systemClock } from '../../../src/poll/time/clock.ts';
import type { EndFaults } from '../../../src/simulator/pair-end.ts';
import { itSurvives, type PollFault } from './poll-fault.ts';

/** The fault of the SQL Server's side, and whether open connections are cut at its beginning. */
function faulty(faults: EndFaults, isRestart = false): PollFault {
  return {
    begin: ({ pair }) => {
      pair.sqlServer.setFaults(faults);
      if (isRestart) pair.sqlServer.restart();
    },
    end: ({ pair }) => pair.sqlServer.setFaults({}),
  };
}

/** The same for a fault that only the time limit ends: no time passes, the test says when the limit comes. */
function hanging(fault: PollFault): PollFault {
  const limits = new Set<AbortController>();
  const timeLimit = (): AbortSignal => {
    const limit = new AbortController();
    limits.add(limit);
    return limit.signal;
  };
  const expire = (): void => {
    for (const limit of limits) limit.abort(new DOMException('the time limit of the poll', 'TimeoutError'));
    limits.clear();
  };
  return { ...fault, options: { clock: { ...systemClock, timeLimit } }, hang: { expire } };
}

/** A packet of an answer (MS-TDS 2.2.3.1) that holds eight bytes of no token. */
const noToken = Uint8Array.of(0x04, 0x01, 0x00, 0x10, 0, 0x33, 0x01, 0, ...Array(8).fill(0x5a));

describe('a fault of the wire', { concurrency: 5 }, () => {
  itSurvives({
    name: 'the server accepts and never answers',
    failures: [[null, 'timeout']],
    fault: () => hanging(faulty({ wire: { kind: 'hang_before_login' } }, true)),
  });

  itSurvives({
    name: 'the server resets each new connection',
    failures: [[null, 'reset']],
    fault: () => faulty({ wire: { kind: 'reset_on_connect' } }, true),
  });

  for (const acknowledgeAttention of [true, false]) {
    itSurvives({
      name: `queries hang and a cancel is ${acknowledgeAttention ? '' : 'not '}acknowledged`,
      failures: [
        ['server', 'timeout'],
        [null, 'timeout'],
      ],
      fault: () => hanging(faulty({ wire: { kind: 'hang_in_query', acknowledgeAttention } })),
    });
  }

  itSurvives({
    name: 'the connection is reset in the middle of a row',
    failures: [['server', 'reset']],
    fault: () => faulty({ wire: { kind: 'reset_in_row' } }),
  });

  itSurvives({
    name: 'the connection is reset in the middle of an answer',
    failures: [[null, 'reset']],
    fault: () => faulty({ wire: { kind: 'reset_in_answer', afterBytes: 5 } }),
  });

  itSurvives({
    name: 'one byte comes every 50 ms',
    failures: [
      ['server', 'timeout'],
      [null, 'timeout'],
    ],
    fault: () => hanging(faulty({ wire: { kind: 'drip', millisecondsPerByte: 50 } })),
  });

  itSurvives({
    name: 'an answer is no TDS',
    failures: [[null, 'protocol']],
    fault: () => faulty({ wire: { kind: 'garbage', answerTo: 'batch', bytes: noToken } }),
  });

  itSurvives({
    name: 'the answer to PRELOGIN is no TDS',
    failures: [[null, 'protocol']],
    fault: () => faulty({ wire: { kind: 'garbage', answerTo: 'prelogin', bytes: noToken } }, true),
  });
});
