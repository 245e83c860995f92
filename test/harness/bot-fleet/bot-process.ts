/** A bot in a process of its own, to be held, frozen and killed. It is told over its channel what to be, and ends with it. */
import { once } from 'node:events';
import { matchesGlob } from 'node:path';
import { pino } from 'pino';
import * as catalogue from '../../../commands/index.ts';
import { createPanels } from '../../../src/panels/registry.ts';
import { open } from '../../../src/store/connect.ts';
import { remotePanel } from '../remote-panel/adapter.ts';
import { runBot } from '../run-bot.ts';
import type { BotProcessOptions, Order, Report } from './orders.ts';

process.on('disconnect', () => process.exit());

const report = (said: Report) => void process.send?.(said);
let held = { point: null as string | null, gate: Promise.withResolvers<void>() };

const [options] = (await once(process, 'message')) as [BotProcessOptions];
process.on('message', (order: Order) => {
  if (order.kind === 'hold') {
    held = { ...held, point: order.point };
  } else {
    held.gate.resolve();
    held = { point: order.to, gate: Promise.withResolvers() };
  }
  report({ kind: 'obeyed' });
});

const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'fatal', serializers: { error: pino.stdSerializers.err } });
const store = open(options.databaseUrl, log);

await runBot({
  // What is tested is what becomes of operations: one that is not even begun would leave its fault to another.
  unguarded: true,
  ...options,
  catalogue,
  log,
  jobs: true,
  store,
  panels: [...options.panels.map(remotePanel), ...createPanels(options.connected, store).all],
  at(point) {
    if (held.point === null || !matchesGlob(point, held.point)) return;
    report({ kind: 'held' });
    return held.gate.promise;
  },
});
report({ kind: 'ready' });
