/** Begins each line that the tests inside VS Code print, so that they can be told from what VS Code itself says. */
export const outputPrefix = 'test| ';
