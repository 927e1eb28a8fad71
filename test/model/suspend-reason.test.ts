import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSuspendReason, suspendReasons } from '../../src/model/suspend-reason.ts';

/** Written by hand, in the order of the codes of suspend_reason. */
const documented = ['USER', 'PARTNER', 'REDO', 'CAPTURE', 'APPLY', 'RESTART', 'UNDO', 'REVALIDATION', 'XRF_UPDATE'];

for (const [code, name] of documented.entries()) {
  test(`SUSPEND_FROM_${name} is code ${code}, with a meaning and steps`, () => {
    const reason = describeSuspendReason(`SUSPEND_FROM_${name}`);
    assert.equal(reason?.code, code);
    assert.equal(describeSuspendReason(code), reason);
    assert.match(reason?.meaning ?? '', /^[A-Z][ -~]+\.$/);
    for (const step of reason?.whatToDo ?? []) {
      assert.match(step, /^[A-Z][ -~]+(?:\.|;`)$/);
    }
    assert.ok(reason?.whatToDo.some((step) => step.includes('SET HADR RESUME')));
  });
}

test('there is no other reason, and an unknown one is null', () => {
  assert.equal(suspendReasons.length, documented.length);
  for (const reason of ['', 'SUSPEND_FROM_MOON', 'toString', 9, -1, 0.5]) {
    assert.equal(describeSuspendReason(reason), null);
  }
});

test('resuming after a forced failover comes after looking for a split brain', () => {
  assert.match(describeSuspendReason('SUSPEND_FROM_PARTNER')?.whatToDo[0] ?? '', /split brain/);
});
