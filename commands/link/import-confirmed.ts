import { z } from 'zod';
import { command } from '../../src/discord/command.ts';
import { importLinks } from '../../src/services/links/import.ts';
import { importedView } from '../../src/views/link-import.ts';
import { hiddenText } from '../options/hidden.ts';

/** Links what was previewed, one pass at a time. */
export default command({
  name: 'link import-confirmed',
  description: 'Link the members who were shown',
  permission: 'links.manage',
  ability: 'discordLinks',
  scope: 'internal',
  answer: 'private',
  options: {
    panel: hiddenText,
    after: { ...hiddenText, label: 'From', schema: z.string().max(64) },
  },
  run: async ({ ctx }, input) => importedView(await importLinks(ctx, input)),
});
