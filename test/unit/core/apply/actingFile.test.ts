import assert from 'node:assert/strict';
import { actsByItself } from '../../../../src/core/apply/actingFile';

describe('a file that something acts on by itself', () => {
  for (const path of [
    '.vscode/settings.json',
    '.VSCODE/Tasks.json',
    'packages/app/.vscode/launch.json',
    'team.code-workspace',
    '.devcontainer/devcontainer.json',
    '.husky/pre-commit',
    '.gitattributes',
    '.gitmodules',
    '.envrc',
    '.npmrc',
    '.bashrc',
    '.zshenv',
    '.bash_profile',
    '.ssh/authorized_keys',
  ])
    it(`is ${path}`, () => {
      assert.equal(actsByItself(path), true);
    });

  for (const path of [
    'src/settings.json',
    'vscode/tasks.json',
    '.gitignore',
    '.github/workflows/ci.yml',
    'a.vscode',
  ])
    it(`is not ${path}`, () => {
      assert.equal(actsByItself(path), false);
    });
});
