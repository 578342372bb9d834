/** What the panel needs of VS Code, in a process without one: just enough to show a page and to hear from it. */

export const Uri = { joinPath: (base: string, ...parts: string[]): string => [base, ...parts].join('/') };
export const commands = { executeCommand: (): Promise<void> => Promise.resolve() };
export const window = { showErrorMessage: (): Promise<void> => Promise.resolve() };
export const l10n = { t: (message: string): string => message, bundle: undefined };
export const env = { language: 'en' };
export const workspace = {
  getConfiguration: (): { get: <Value>(name: string, usual: Value) => Value } => ({
    get: (_name, usual) => usual,
  }),
};
