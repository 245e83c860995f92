/** The sandbox's one panel: the built-in one that Steward has where no other is set. */
export const PANEL = { id: 'main', label: 'Harbour panel' } as const;
