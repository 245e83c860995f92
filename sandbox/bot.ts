/**
 * Steward as it runs in the sandbox: the real one, but for the faults that the sandbox orders. When the sandbox is gone, however it
 * went, the channel to it closes and the bot stops as on SIGTERM.
 */
import { run } from '../src/main.ts';
import { BotFaults } from './hurt/bot-faults.ts';
import type { BotOrder } from './hurt/bot-orders.ts';

function stop(): void {
  const isHeard = process.emit('SIGTERM', 'SIGTERM');
  if (!isHeard) process.exit();
}

const faults = new BotFaults((report) => process.send?.(report));
process.on('message', (order: BotOrder) => faults.obey(order));
process.once('disconnect', stop);
// It may have closed while the modules were loaded.
if (!process.connected) stop();
// Listening would keep the process alive; a bot that has stopped by itself may go.
process.channel?.unref();

await run({ insteadOf: (panel) => faults.panel(panel), at: (point) => faults.at(point) });
