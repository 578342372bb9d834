import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a program may take to end by itself, in milliseconds. */
const patience = 3_000;

/**
 * Ends a program that we started, and the programs that it started. On Unix it must have been spawned `detached`:
 * it then leads a process group of its own.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stopTree(child) {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const end = ended ? Promise.resolve() : once(child, 'exit');
  signalTree(child.pid, 'SIGTERM');
  await Promise.race([end, wait(patience, undefined, { ref: false })]);
  // Children may outlive the leader of the group.
  signalTree(child.pid, 'SIGKILL');
  await end;
}

/**
 * @param {number} pid
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
export function signalTree(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: nobody is left in the group, which is what we want.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
