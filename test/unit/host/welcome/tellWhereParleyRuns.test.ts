import type { Memento } from 'vscode';
import { deepStrictEqual, equal, match } from 'node:assert/strict';
import { tellWhereParleyRuns } from '../../../../src/host/welcome/tellWhereParleyRuns';

/** VS Code's global state, which is stored on the user's own computer. */
class Memory implements Memento {
  private readonly values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  readonly get: Memento['get'] = <T>(key: string, otherwise?: T) =>
    (this.values.get(key) as T | undefined) ?? otherwise;

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

describe('the notice of a remote window', () => {
  let shown: string[];
  let buttons: string[];
  let memory: Memory;

  beforeEach(() => {
    shown = [];
    buttons = [];
    memory = new Memory();
  });

  function open(remoteName: string | undefined, computer: string): Promise<void> {
    const fill = (text: string, ...values: unknown[]): string =>
      text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
    return tellWhereParleyRuns(
      {
        env: { remoteName },
        l10n: { t: (text: unknown, ...values: unknown[]) => fill(String(text), ...values) },
        window: {
          showInformationMessage: (message, ok) => {
            shown.push(message);
            buttons.push(ok);
            // The user may never answer.
            return new Promise(() => undefined);
          },
        },
      },
      computer,
      memory,
    );
  }

  for (const name of ['ssh-remote', 'wsl', 'dev-container', 'codespaces', 'tunnel', 'dev.example.org:8080']) {
    it(`tells where chats, keys and localhost are in a window of ${name}`, async () => {
      await open(name, 'build-box');
      equal(shown.length, 1);
      match(shown.join(''), /Parley runs on build-box\. Chats .* "localhost" .* keys .* on build-box\./);
      deepStrictEqual(buttons, ['OK']);
    });
  }

  it('appears once per remote computer', async () => {
    for (const computer of ['one', 'one', 'two', 'one', 'two']) await open('ssh-remote', computer);
    equal(shown.length, 2);
  });

  for (const name of [undefined, 'localhost:8391', '127.0.0.1:8391', 'LOCALHOST', '[::1]:80', '127.0.0.2']) {
    it(`does not appear if extensions run on this computer (${String(name)})`, async () => {
      await open(name, 'laptop');
      deepStrictEqual(shown, []);
      deepStrictEqual(memory.keys(), []);
    });
  }

  it('appears for names that only resemble this computer', async () => {
    for (const name of ['localhost.example.org', '127.0.0.1.example.org', 'notlocalhost:80'])
      await open(name, 'far');
    equal(shown.length, 3);
  });

  it('does not turn the name of a computer into a link', async () => {
    await open('ssh-remote', '[x](command:workbench.action.quit)');
    equal(shown.join('').includes(']('), false);
  });

  it('remembers a limited number of computers', async () => {
    for (let count = 0; count < 300; count += 1) await open('dev-container', `c${String(count)}`);
    await open('dev-container', 'c299');
    equal(shown.length, 300);
    equal(JSON.stringify(memory.get(memory.keys()[0] ?? '')).length < 10_000, true);
  });

  it('appears again if the stored value is malformed', async () => {
    await open('wsl', 'pc');
    const [key = ''] = memory.keys();
    await memory.update(key, { broken: true });
    await open('wsl', 'pc');
    equal(shown.length, 2);
  });
});
