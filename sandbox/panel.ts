/** The sandbox's one panel. */
export const PANEL = { id: 'main', label: 'Harbour panel' } as const;
