import { join, relative } from 'node:path';
import typescript from 'typescript';

/** How long no project may be checked before the result is printed (ms): a change of one file starts several checks, one after the other. */
const calm = 500;

/** TypeScript's codes of "Starting compilation", "File change detected". */
const startCodes = new Set([6031, 6032]);
/** "Found 1 error", "Found {0} errors". */
const endCodes = new Set([6193, 6194]);

/**
 * Checks the types of several projects, and again after each change of a file. Prints `[watch] types started`, a line
 * `FILE(LINE,COLUMN): error TSCODE: MESSAGE` per error of any project, and `[watch] types finished, N errors`.
 *
 * @param {string} top Where file names start.
 * @param {readonly string[]} projects Folders with a tsconfig.json, or files, from `top`.
 * @param {(line: string) => void} print
 * @returns {() => void} Ends it.
 */
export function watchTypes(top, projects, print) {
  /** The errors of each project at its last check.
   * @type {Map<string, string[]>} */
  const errors = new Map();
  let isAnnounced = false;
  /** @type {NodeJS.Timeout | undefined} */
  let pending;
  const started = () => {
    clearTimeout(pending);
    if (!isAnnounced) print('[watch] types started');
    isAnnounced = true;
  };
  const finished = () => {
    clearTimeout(pending);
    pending = setTimeout(() => {
      // Several projects read the same file and find the same error.
      const lines = [...new Set([...errors.values()].flat())].sort();
      for (const line of lines) print(line);
      print(`[watch] types finished, ${lines.length} errors`);
      isAnnounced = false;
    }, calm);
  };
  const watches = projects.map((project) =>
    typescript.createWatchProgram(
      typescript.createWatchCompilerHost(
        configFile(join(top, project)),
        { noEmit: true },
        typescript.sys,
        typescript.createSemanticDiagnosticsBuilderProgram,
        (diagnostic) => {
          errors.get(project)?.push(describe(diagnostic, top));
        },
        ({ code }) => {
          if (startCodes.has(code)) {
            errors.set(project, []);
            started();
          } else if (endCodes.has(code)) finished();
        },
      ),
    ),
  );
  return () => {
    clearTimeout(pending);
    for (const watch of watches) watch.close();
  };
}

/** @param {string} project */
function configFile(project) {
  return project.endsWith('.json') ? project : join(project, 'tsconfig.json');
}

/**
 * @param {import('typescript').Diagnostic} diagnostic
 * @param {string} top
 */
function describe({ file, start, code, messageText }, top) {
  const message = `error TS${code}: ${typescript.flattenDiagnosticMessageText(messageText, ' ')}`;
  if (file === undefined || start === undefined) return message;
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  return `${relative(top, file.fileName)}(${line + 1},${character + 1}): ${message}`;
}
