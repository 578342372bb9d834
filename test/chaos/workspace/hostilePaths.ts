import * as fc from 'fast-check';

/**
 * Paths that a model may write to get out of the workspace, or at what is acted on by itself.
 *
 * @param outside An absolute folder beside the workspace's folders, with `victim.ts` in it; `folder` in the workspace is a link to it.
 */
export function knownPaths(outside: string): readonly string[] {
  const name = outside.split('/').at(-1) ?? '';
  return [
    ...['../victim.ts', `../${name}/victim.ts`, `a/../../${name}/victim.ts`, `./../${name}/victim.ts`],
    ...[
      `..\\${name}\\victim.ts`,
      `.../${name}/victim.ts`,
      '..',
      '.',
      '../',
      '~',
      '~/victim.ts',
      '~root/victim.ts',
    ],
    ...[`${outside}/victim.ts`, `/${outside}/victim.ts`, `//${outside}/victim.ts`, `\\${outside}\\victim.ts`],
    ...[`file://${outside}/victim.ts`, `file:${outside}/victim.ts`, `FILE://localhost${outside}/victim.ts`],
    ...[
      `vscode-remote://host${outside}/victim.ts`,
      'vscode-userdata:/User/settings.json',
      'untitled:victim.ts',
    ],
    ...['command:workbench.action.quit', 'vscode://parley.parley/victim.ts', 'data:text/plain,victim.ts'],
    ...[
      'folder/victim.ts',
      'folder/new.ts',
      'folder/deeper/new.ts',
      'chain.md',
      'AGENTS.md/victim.ts',
      'notes.txt',
    ],
    ...['FOLDER/victim.ts', 'Folder/../../victim.ts', 'linked/folder/victim.ts', 'linked/../../victim.ts'],
    ...[
      '\\\\server\\share\\victim.ts',
      '//server/share/victim.ts',
      '////victim.ts',
      'file:////victim.ts',
      '\\\\?\\C:\\victim.ts',
      '\\\\.\\pipe\\victim.ts',
    ],
    ...[
      'C:victim.ts',
      'C:\\victim.ts',
      'C:/victim.ts',
      'c:..\\victim.ts',
      'victim.ts:stream',
      'victim.ts::$DATA',
    ],
    ...[
      'victim.ts\0.png',
      'victim\n.ts',
      'victim.ts.',
      'victim.ts ',
      'victim.ts...',
      '.../victim.ts',
      ' /victim.ts',
    ],
    ...['CON', 'nul.ts', 'aux/victim.ts', 'COM1.ts', 'LPT¹.ts', 'CONIN$.ts', 'folder/PRN.ts'],
    ...['%2e%2e/victim.ts', '..%2fvictim.ts', '%252e%252e/victim.ts', '..%5cvictim.ts', '..%c0%afvictim.ts'],
    ...[
      '．．/victim.ts',
      '..／victim.ts',
      '..∕victim.ts',
      'a\u202Est.ts',
      'a\u200b/../victim.ts',
      '\ufeff../victim.ts',
    ],
    ...[
      '.git/hooks/pre-commit',
      '.GIT/config',
      'GIT~1/config',
      '.g\u200cit/config',
      '.git./config',
      'a/.git/config',
    ],
    ...[
      '.hg/hgrc',
      '.gi\u0074/config',
      `${'a'.repeat(300)}.ts`,
      `${'a/'.repeat(300)}b.ts`,
      `${'../'.repeat(60)}etc/passwd`,
    ],
    ...[
      '/dev/zero',
      '/dev/stdin',
      '/proc/self/environ',
      '/etc/passwd',
      '${env:HOME}/victim.ts',
      '$HOME/victim.ts',
    ],
  ];
}

/** Paths that lead where VS Code or git acts on by itself; nothing goes there without a question. */
export const actingPaths = [
  '.vscode/tasks.json',
  '.VSCODE/launch.json',
  'team.code-workspace',
  '.husky/hook.sh',
];

/** A file's name that VS Code would make a link of, which runs a command. */
export const linkingName = 'see [the log](command:workbench.action.toggleZenMode) of it';

/** Paths made of the parts that make paths dangerous, in any order. */
export function arbitraryPath(outside: string): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '',
      '~',
      'folder',
      'linked',
      'chain.md',
      'AGENTS.md',
      'notes.txt',
      'victim.ts',
    ),
    fc.constantFrom(
      'C:',
      'file:',
      '%2e%2e',
      '．．',
      '.git',
      'GIT~1',
      'CON',
      'new.ts',
      ' ',
      '\0',
      '\u202e',
      '\u200b',
    ),
    fc.constantFrom(...outside.split('/')),
    fc.constant(outside),
    fc.string({ maxLength: 6, unit: 'binary' }),
  );
  const separator = fc.constantFrom('/', '/', '/', '\\', '//', '', ':', '\u2215');
  return fc
    .array(fc.tuple(part, separator), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.map((pair) => pair.join('')).join(''));
}
