import { command } from '../../src/discord/command.ts';
import { previewImport } from '../../src/services/links/preview-import.ts';
import { importPreviewView } from '../../src/views/link-import.ts';
import { chosenPanel } from '../answers/panel.ts';
import { panel } from '../options/panel.ts';

/** Shows what would be linked. Its button leads to `link import-confirmed`, which links. */
export default command({
  name: 'link import',
  description: 'Link the members whom a panel holds for its accounts, after showing who they are',
  permission: 'links.manage',
  ability: 'discordLinks',
  scope: 'staff',
  answer: 'private',
  options: { panel },
  run: async (request) => {
    const chosen = chosenPanel(request, 'discordLinks', 'links.manage');
    return 'view' in chosen ? chosen.view : importPreviewView(await previewImport(request.ctx, chosen));
  },
});
