/**
 * `npm start`: a real VS Code in the browser, with Parley and a demo gateway, on loopback.
 *
 * Arguments: `--port N` (default 8391, or a free one when that is taken), `--no-open`.
 */
import { bootstrap } from './bootstrap.mjs';
import { tellProblems } from './problem.mjs';

await tellProblems(async () => {
  await bootstrap(import.meta.url);
  const { runDemo } = await import('./demo/runDemo.mjs');
  const { parseArgs } = await import('node:util');
  const { values } = parseArgs({
    options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
  });
  await runDemo({
    open: !values['no-open'],
    ...(values.port !== undefined && { port: Number(values.port) }),
  });
});
