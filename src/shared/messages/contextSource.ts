/** What `#` offers beside files. */
export const contextSources = ['selection', 'file', 'problems', 'changes', 'terminal'] as const;

export type ContextSource = (typeof contextSources)[number];
