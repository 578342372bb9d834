import * as vscode from 'vscode';
import { askInput } from '../ui/askInput';
import { asName } from './promptFile';
import { promptFilesIn } from './promptLibrary';

/**
 * Lets the user choose a personal prompt and opens its file, or creates a new one. If there is none yet, creates an example.
 *
 * @param folder The folder of the personal prompts. It is created if it is missing.
 */
export async function openPersonalPrompts(folder: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.createDirectory(folder);
  const files = await promptFilesIn(folder);
  if (files.length === 0) {
    await create(folder, 'example');
    return;
  }
  const newPrompt = { label: `$(add) ${vscode.l10n.t('New Prompt…')}`, file: undefined };
  const picked = await vscode.window.showQuickPick(
    [
      ...files.map((file) => ({ label: `/${file.replace(/\.prompt\.md$/, '')}`, description: file, file })),
      newPrompt,
    ],
    {
      title: vscode.l10n.t('Personal Prompts'),
      placeHolder: vscode.l10n.t('Select a prompt to open'),
    },
  );
  if (picked === undefined) return;
  if (picked.file !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, picked.file));
    return;
  }
  const name = await askInput({
    title: vscode.l10n.t('New Prompt'),
    prompt: vscode.l10n.t('The name to type after the slash'),
    placeholder: 'changelog',
    validate: (value) => {
      const valid = asName(value);
      if (valid === undefined) return vscode.l10n.t('Enter a name.');
      return files.includes(`${valid}.prompt.md`)
        ? vscode.l10n.t('A prompt with this name already exists.')
        : undefined;
    },
  });
  const valid = asName(name);
  if (valid !== undefined) await create(folder, valid);
}

async function create(folder: vscode.Uri, name: string): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, `${name}.prompt.md`);
  const description = vscode.l10n.t('What it does, in a few words');
  const body = vscode.l10n.t('Describe what to do with {0}.', '${selection}');
  const variables = vscode.l10n.t(
    '{0} is the selected code, {1} the active file, and {2} a placeholder to replace. Linked files are attached.',
    '${selection}',
    '${file}',
    '${input:name:what to type over}',
  );
  const text = `---\ndescription: ${JSON.stringify(description)}\n# ${variables}\n---\n${body}\n`;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(uri);
}
