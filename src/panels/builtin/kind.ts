import { z } from 'zod';
import { panelKind } from '../kind.ts';
import { createBuiltinPanel } from './panel.ts';

export const BUILTIN = panelKind({
  variables: z.object({}),
  create: ({ id, label }, _, { sql }) => createBuiltinPanel({ id, label, sql }),
});
