/** A bot in a process of its own, to be held, frozen and killed. It is told over its channel what to be, and ends with it. */
import { once } from 'node:events';
import { pino } from 'pino';
import * as catalogue from '../../../commands/index.ts';
import { createAnnouncer } from '../../../src/discord/announcer.ts';
import { createRest } from '../../../src/discord/gateway/rest.ts';
import { repeat } from '../../../src/jobs/repeat.ts';
import { postNotices } from '../../../src/services/notices/post.ts';
import { lapseLeases } from '../../../src/services/operations/lapse.ts';
import { open } from '../../../src/store/connect.ts';
import { remotePanel } from '../remote-panel/adapter.ts';
import { runBot } from '../run-bot.ts';
import type { BotProcessOptions, Order, Report } from './orders.ts';

process.on('disconnect', () => process.exit());

const report = (said: Report) => void process.send?.(said);
let held = { point: '', gate: Promise.withResolvers<void>() };

const [options] = (await once(process, 'message')) as [BotProcessOptions];
process.on('message', (order: Order) => {
  if (order.kind === 'hold') {
    held = { ...held, point: order.point };
  } else {
    held.gate.resolve();
    held = { point: '', gate: Promise.withResolvers() };
  }
  report({ kind: 'obeyed' });
});

const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'fatal' });
const { services } = await runBot({
  ...options,
  catalogue,
  log,
  store: open(options.databaseUrl, log),
  panels: options.panels.map(remotePanel),
  at(point) {
    if (point !== held.point) return;
    report({ kind: 'held', point });
    return held.gate.promise;
  },
});
const announcer = createAnnouncer(createRest(options.discord), options.ownerIds);
const jobs = {
  'lapse leases': () => lapseLeases(services),
  'post notices': () => postNotices(services, announcer),
};
for (const [name, run] of Object.entries(jobs)) repeat({ name, pauseMs: options.jobPauseMs, run }, log);
report({ kind: 'ready' });
