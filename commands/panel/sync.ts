import { command, type Progress } from '../../src/discord/command.ts';
import type { Context } from '../../src/services/context.ts';
import { managedPanels } from '../../src/services/panels/status.ts';
import { syncPanel } from '../../src/services/panels/sync.ts';
import { choosePanelView } from '../../src/views/choose-panel.ts';
import { syncedView, syncingView } from '../../src/views/panel-sync.ts';
import { panel } from '../options/panel.ts';

export default command({
  name: 'panel sync',
  description: 'Read all accounts of a panel now, and show how far that has come',
  permission: 'panels.manage',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: { panel },
  run: ({ ctx, command: name, given }, { panel: panelId }) => {
    const managed = managedPanels(ctx);
    const only = managed.length === 1 ? managed[0] : undefined;
    const chosen = panelId ?? only?.id;
    return chosen === undefined
      ? Promise.resolve(choosePanelView(name, given, managed, 'private'))
      : shown(ctx, chosen);
  },
});

async function* shown(ctx: Context, panelId: string): Progress {
  const sync = syncPanel(ctx, panelId);
  for (;;) {
    const next = await sync.next();
    if (next.done) return syncedView(next.value);
    yield syncingView(next.value);
  }
}
