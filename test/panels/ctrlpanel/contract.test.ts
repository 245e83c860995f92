import { afterAll } from 'vitest';
import { type CtrlPanelOptions, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { call } from '../../contract/panel/subject.ts';
import { panelContract } from '../../contract/panel.ts';
import { panelOn, shown, someone } from './subject.ts';

await keepsTheContract('CtrlPanel.gg 1.2.0', { release: '1.2.0' });
await keepsTheContract('CtrlPanel.gg of after 1.2.0', { release: 'development', basePath: '/panel' });
await keepsTheContract('CtrlPanel.gg 1.1.1, which is only read', { release: '1.1.1' });

async function keepsTheContract(name: string, options: CtrlPanelOptions): Promise<void> {
  const double = await startCtrlPanel(options);
  afterAll(() => double.stop());
  const panel = panelOn(double);
  await panel.probe(call());

  panelContract(name, {
    panel,
    absentIds: ['999999', '900000000', '9223372036854775807'],
    given: async ({ email, username, balance }) =>
      shown(panel, someone(double, { email, name: username, creditsMilli: BigInt(balance) * 1_000n })),
    givenServer: async ({ id }) => double.addServer({ userId: Number(id) }).id,
    givenLink: async ({ id }, userId) => double.linkDiscord(Number(id), userId),
  });
}
