import type { Env } from 'markdown-it';

const completeKey = Symbol('complete source');

/** An environment for a source to which nothing will be added. */
export function asComplete(env: Env): Env {
  return { ...env, [completeKey]: true };
}

/** Whether nothing will be added to the source that is parsed. */
export function isComplete(env: Env): boolean {
  return env[completeKey] === true;
}

/** Marks an environment itself; returns what takes the mark away again. */
export function completeInPlace(env: Env): () => void {
  const was = env[completeKey];
  env[completeKey] = true;
  return () => {
    env[completeKey] = was;
  };
}
