/** What must be true of every sequence once it has come to rest. */
import { expect } from 'vitest';
import type { OperationState } from '../../src/domain/operation.ts';
import { checkChain } from '../../src/services/audit/check.ts';
import { sealAudit } from '../../src/services/audit/seal.ts';
import { expectBalances } from './balances.ts';
import type { Transition } from './database.ts';
import { expectLimitsToHold } from './limits.ts';
import { doneSteps, neededSteps, type OperationRow, readOperations } from './truth.ts';
import type { World } from './world.ts';

export async function expectBooks(world: World): Promise<void> {
  expect(world.mistakes).toEqual([]);
  expectAnswers(world);
  const operations = await readOperations(world);
  for (const operation of operations) expectEnd(world, operation);
  expectOneEffect(world);
  await expectBalances(world, operations);
  await expectForwardOnly(world);
  await expectLimitsToHold(world, operations);
  await expectSeals(world);
}

/** Whoever asked a process that lives was answered. */
function expectAnswers({ runs }: World): void {
  expect(runs.filter(({ answer, life }) => answer === null && !life.ended)).toEqual([]);
}

/** It succeeded and the panel did all of it, or failed and the panel did nothing. */
function expectEnd(world: World, operation: OperationRow): void {
  const { number, key, state } = operation;
  expect(['succeeded', 'failed'], `#${number} has ended`).toContain(state);
  // People are honest here, and panels keep to their facts.
  expect(operation.link_kind, `#${number} corrects what was settled wrongly`).not.toBe('correction');
  const happened = state === 'succeeded';
  const done = doneSteps(world, operation).length;
  const byHand = operation.settled_by === 'person' && done > 0;
  if (!happened) expect(done, `what was done of #${number} (${key}), which failed`).toBe(0);
  else if (!byHand) expect(done, `what was done of #${number} (${key})`).toBe(neededSteps(world, operation).length);
}

/** Nothing happens twice by one reference. */
function expectOneEffect({ panel, told }: World): void {
  const effects = panel.journal
    .filter(({ reference }) => reference !== null)
    .map(({ reference, action, step }) => `${reference} ${action} ${step}`);
  const all = [...effects, ...told];
  expect(all.filter((effect, position) => all.indexOf(effect) !== position)).toEqual([]);
}

const FORWARD: Readonly<Record<OperationState, readonly OperationState[]>> = {
  awaiting_approval: ['pending', 'failed'],
  pending: ['succeeded', 'failed', 'unknown'],
  unknown: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
};

async function expectForwardOnly({ database: { own } }: World): Promise<void> {
  const transitions = await own<Transition[]>`select operation, before, after from model.transitions order by id`;
  const backwards = transitions.filter(
    ({ before, after }) => before !== null && before !== after && !FORWARD[before].includes(after),
  );
  expect(backwards).toEqual([]);
}

async function expectSeals({ base, database: { own } }: World): Promise<void> {
  await sealAudit(base);
  expect((await checkChain(own, base.auditKey)).fault).toBeNull();
}
