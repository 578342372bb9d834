import * as vscode from 'vscode';
import { fenceLanguage } from '../../core/edits/plan/namedPaths';

/** VS Code's language ids for the names that models write after a code fence. */
const aliases: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  sh: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  console: 'shellscript',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  docker: 'dockerfile',
  golang: 'go',
  hs: 'haskell',
  htm: 'html',
  js: 'javascript',
  jsx: 'javascriptreact',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  objc: 'objective-c',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  tex: 'latex',
  ts: 'typescript',
  tsx: 'typescriptreact',
  yml: 'yaml',
};

/** Finds VS Code's language id for the info string of a code fence; "plaintext" if VS Code does not have the language. */
export async function findLanguageId(info: string): Promise<string> {
  const name = fenceLanguage(info);
  const id = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  const known = await vscode.languages.getLanguages();
  return known.includes(id) ? id : 'plaintext';
}
