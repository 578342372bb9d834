import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parley } from './parley';

interface Contributions {
  readonly viewsContainers: {
    readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
  };
  readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
  readonly commands: readonly {
    readonly command: string;
    readonly title: string;
    readonly category: string;
  }[];
  readonly submenus: readonly { readonly id: string }[];
  readonly menus: Readonly<
    Record<
      string,
      readonly { readonly command?: string; readonly submenu?: string; readonly when?: string }[]
    >
  >;
  readonly keybindings: readonly {
    readonly command: string;
    readonly key: string;
    readonly mac?: string;
    readonly when?: string;
  }[];
  readonly walkthroughs: readonly {
    readonly steps: readonly {
      readonly id: string;
      readonly media: { readonly svg: string };
      readonly completionEvents: readonly string[];
    }[];
  }[];
  readonly configuration: {
    readonly properties: Readonly<
      Record<string, { readonly scope: string; readonly markdownDescription: string }>
    >;
  };
}

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('parley.parley');
  assert.ok(found);
  return found;
}

function contributions(): Contributions {
  return (extension().packageJSON as { contributes: Contributions }).contributes;
}

async function hostSource(): Promise<string> {
  const folder = join(extension().extensionPath, 'src', 'host');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

describe('contributions', () => {
  it('registers exactly the contributed commands', async () => {
    await parley();
    const registered = (await vscode.commands.getCommands(true)).filter((id) =>
      /^parley\.(?!chat\.)/.test(id),
    );
    const contributed = contributions().commands.map(({ command }) => command);
    assert.deepEqual(
      registered
        .filter((id) => !id.includes('.resetViewLocation') && !id.startsWith('parley.chat'))
        .toSorted(),
      contributed.toSorted(),
    );
  });

  it('gives every command a title that starts with a verb, and the category Parley', () => {
    for (const { command, title, category } of contributions().commands) {
      assert.equal(category, 'Parley', command);
      assert.match(
        title,
        /^(Accept|Describe|Discard|Dismiss|Generate|Review|Reject|Go to|Edit|Fix|Write|Document|Refactor|Open|New|Show|Explain|Add|Select|Switch|Set|Remove|Check|Forget|Stop|Compare|Export|Import|Find|Copy|Fork|Regenerate|Delete|Manage|Toggle|Use)\b/,
        command,
      );
    }
  });

  it('uses only contributed commands in menus and key bindings', () => {
    const contributed = new Set(contributions().commands.map(({ command }) => command));
    const submenus = new Set(contributions().submenus.map(({ id }) => id));
    for (const { command, submenu } of Object.values(contributions().menus).flat()) {
      if (submenu === undefined) assert.ok(contributed.has(command ?? ''), command);
      else assert.ok(submenus.has(submenu), submenu);
    }
    for (const { command } of contributions().keybindings) assert.ok(contributed.has(command), command);
  });

  it('binds no keys that VS Code or the system uses', () => {
    const inReviews = /^editorFocus && resource in '?parley\.reviewed'?$/;
    for (const { command, key, mac, when } of contributions().keybindings) {
      // Stops an edit while its answer streams, and only then.
      if (key === 'escape')
        assert.match(when ?? '', /^parley\.editingInline && editorTextFocus && /, command);
      // VS Code goes to the next and the previous change with the same keys.
      else if (inReviews.test(when ?? ''))
        assert.match(key, /^(ctrl\+k (shift\+)?[yn]|(shift\+)?alt\+f5)$/, command);
      else {
        assert.match(key, /^ctrl\+k ctrl\+[gyi]$/, command);
        assert.match(mac ?? '', /^cmd\+k cmd\+[gyi]$/, command);
      }
    }
  });

  it('uses only context keys that something sets', () => {
    // VS Code puts quotes around values with a hyphen.
    const known =
      /^(view == parley\.chat|editorHasSelection|!editorReadonly|editorTextFocus|resourceScheme == '?parley-proposed'?|(resource in )?'?parley\.(proposalsOfSeveral|reviewed)'?|(resource in '?parley\.proposalsOfSeveral'? \|\| )?activeEditor == '?multiDiffEditor'? && parley\.showsProposals|resourceSet|(scmProvider == '?git'? && !?)?parley\.writesCommitMessage|scmProvider == '?git'?|gitOpenRepositoryCount != '?0'?|commentController == '?parley\.review'?( && commentThread == '?finding'?)?|parley\.hasFindings|activeWebviewPanelId == '?parley\.chatEditor'?|false)$/;
    // VS Code itself sets the context key of the one item that is not always shown.
    const knownOfTerminal = /^(terminalTextSelected)?$/;
    // The context keys that a message sets for its menu.
    const knownOfMessages =
      /^webviewId =~ \/\^parley\\\.chat\/ && webviewSection == '?message'?( && messageRole == '?assistant'? && messageSettled)?$/;
    for (const [menu, items] of Object.entries(contributions().menus)) {
      // These menu items are always shown.
      if (/^(explorer|terminal|editor)\/context$|^testing\/message\//.test(menu)) continue;
      const pattern =
        menu === 'webview/context' ? knownOfMessages : menu === 'parley.terminal' ? knownOfTerminal : known;
      for (const { command, when } of items) assert.match(when ?? '', pattern, command);
    }
  });

  it('gives every setting application scope and a description, and reads it', async () => {
    const source = await hostSource();
    const settings = Object.entries(contributions().configuration.properties);
    assert.ok(settings.length <= 25);
    for (const [name, { scope, markdownDescription }] of settings) {
      assert.equal(scope, 'application', name);
      assert.ok(markdownDescription.length > 20 && !markdownDescription.startsWith('%'), name);
      assert.match(source, new RegExp(`(userValue|text)\\('${name.replace('parley.', '')}'\\)`), name);
    }
  });

  it('has a provider and an icon for each view', async () => {
    const source = await hostSource();
    const containers = contributions().viewsContainers.activitybar;
    assert.deepEqual(
      Object.keys(contributions().views),
      containers.map(({ id }) => id),
    );
    for (const { id, icon } of [...containers, ...Object.values(contributions().views).flat()]) {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension().extensionUri, icon));
      if (id !== 'parley') assert.ok(source.includes(`'${id}'`), id);
    }
  });

  it('has a walkthrough of four steps, each with a picture and a completion event that something triggers', async () => {
    const source = await hostSource();
    const commands = new Set(contributions().commands.map(({ command }) => command));
    const [walkthrough, ...others] = contributions().walkthroughs;
    assert.equal(others.length, 0);
    assert.equal(walkthrough?.steps.length, 4);
    for (const { id, media, completionEvents } of walkthrough.steps) {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension().extensionUri, media.svg));
      assert.ok(completionEvents.length > 0, id);
      for (const event of completionEvents) {
        const [, kind, name = ''] = /^on(Context|Command):(.*)$/.exec(event) ?? [];
        assert.ok(kind === 'Command' ? commands.has(name) : source.includes(`.note('${name}', `), event);
      }
    }
  });
});
