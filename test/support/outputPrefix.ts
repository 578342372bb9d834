/** The beginning of each line that the tests inside VS Code print. It separates them from VS Code's own output. */
export const outputPrefix = 'test| ';
