/** The TypeScript projects, each with the library of the place where its files run. The slowest to check come first. */
export const projects = ['test', 'src/webview', 'tsconfig.json', 'src/core', 'src/shared', 'scripts'];
