/** The name of Parley's models in VS Code. It is in package.json and in users' settings and must not change. */
export const vendor = 'parley';
