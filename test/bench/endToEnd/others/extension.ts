/**
 * Two extensions in one, to compare Parley with. The floor reads the stream with raw `http` and passes its text on, twice a frame at most.
 * The usual way is the `openai` SDK, and the whole message to the page with each token. `BENCH_GATEWAY` is the gateway.
 */
import { request } from 'node:http';
import OpenAI from 'openai';
import * as vscode from 'vscode';

const gateway = process.env['BENCH_GATEWAY'] ?? '';

type Ask = (post: (message: unknown) => void) => void;

export function activate({ extensionUri, subscriptions }: vscode.ExtensionContext): void {
  const register = (name: string, ask: Ask): void => {
    const resolveWebviewView = ({ webview }: vscode.WebviewView): void => {
      webview.options = { enableScripts: true, localResourceRoots: [extensionUri] };
      const script = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, `${name}Page.js`)).toString();
      webview.html = `<!doctype html><html><body><div id="${name}"></div><script type="module" src="${script}"></script></body></html>`;
      webview.onDidReceiveMessage(() => {
        ask((message) => void webview.postMessage(message));
      });
    };
    const provider = { resolveWebviewView };
    subscriptions.push(vscode.window.registerWebviewViewProvider(`bench.${name}`, provider));
  };
  register('floor', askPlainly);
  register('usual', (post) => void askAsUsual(post));
  void vscode.commands.executeCommand('bench.floor.focus');
}

/** In milliseconds. A post for each of a thousand tokens a second would keep VS Code busy with nothing but posts. */
const betweenPosts = 8;

const messages = [{ role: 'user' as const, content: 'Go' }];

function askPlainly(post: (message: unknown) => void): void {
  const headers = { 'content-type': 'application/json' };
  let waiting = '';
  let lastPost = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    lastPost = performance.now();
    post(waiting);
    waiting = '';
  };
  const asking = request(`${gateway}/chat/completions`, { method: 'POST', headers }, (response) => {
    let open = '';
    response.setEncoding('utf8').on('data', (piece: string) => {
      const lines = (open + piece).split('\n');
      open = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('data: {')) continue;
        const chunk = JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] };
        waiting += chunk.choices[0]?.delta.content ?? '';
      }
      if (waiting === '' || timer !== undefined) return;
      const rest = lastPost + betweenPosts - performance.now();
      if (rest <= 0) flush();
      else timer = setTimeout(flush, rest);
    });
  });
  asking.end(JSON.stringify({ model: 'paced', stream: true, messages }));
}

async function askAsUsual(post: (message: unknown) => void): Promise<void> {
  const client = new OpenAI({ baseURL: gateway, apiKey: 'none' });
  const stream = await client.chat.completions.create(
    { model: 'paced', stream: true, messages },
    { signal: undefined },
  );
  let text = '';
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    post({ type: 'message', text });
  }
}
