import { spawn } from 'node:child_process';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} Outcome
 * @property {number} code Exit code; 1 when a signal ended the program.
 * @property {string} output Standard output and standard error, in the order they came.
 */

/**
 * Runs a program to its end and collects what it says. Rejects with a {@link Problem} only when the
 * program could not be started.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, echo?: boolean, shell?: boolean }} [options]
 *   `echo` also shows the output while it comes.
 * @returns {Promise<Outcome>}
 */
export function runProgram(
  program,
  parameters,
  { cwd, env = process.env, echo = false, shell = false } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      if (echo) process.stdout.write(text);
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      if (echo) process.stderr.write(text);
    });
    child.once('error', (error) => {
      reject(new Problem(`${program} could not be started: ${error.message}.`));
    });
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}
