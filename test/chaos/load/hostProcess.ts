/**
 * Runs in a process of its own, as the extension host does, with garbage collection at its command. Argument: what to do,
 * as JSON. Sends the result to the parent.
 */
import { replaceVSCode } from './replaceVSCode';
import { openHostStack } from './hostStack';
import { streamMany, type StreamManyOptions } from './streamMany';

/** What a host is to do. */
export type HostTask = { readonly port: number; readonly folder: string } & (
  | ({ readonly scenario: 'many' } & StreamManyOptions)
  | { readonly scenario: 'large'; readonly count: number }
  | { readonly scenario: 'hidden'; readonly batches: number }
);

async function run(task: HostTask): Promise<unknown> {
  const stack = openHostStack(task.port, task.folder);
  try {
    switch (task.scenario) {
      case 'many':
        return await streamMany(stack, task);
      case 'large':
        return await (await import('./largeAnswer')).receiveLargeAnswer(stack, task.count);
      case 'hidden':
        replaceVSCode();
        return await (await import('./hiddenPanel')).streamWhileHidden(stack, task.batches);
    }
  } finally {
    await stack.client.dispose();
    await stack.store.flush();
  }
}

void run(JSON.parse(process.argv[2] ?? '') as HostTask).then((result) => {
  process.send?.(result, () => {
    process.disconnect();
  });
});
