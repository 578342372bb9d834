import { delta, done, event, finish, reply } from '../../unit/gateway/replies';
import type { Attack, Scene } from './attack';
import { exposedKey } from './exposedClient';

/** Targets of redirects, by name. */
const targets: Readonly<Record<string, (scene: Scene) => string>> = {
  'another origin': ({ elsewhere }) => `${elsewhere}/chat/completions`,
  'the same origin': ({ self }) => `${self}/chat/completions?again`,
  'a path': () => '/v1/other',
  'the same scheme': ({ elsewhere }) => elsewhere.replace('http:', ''),
  'backslashes instead of slashes': ({ elsewhere }) => elsewhere.replace('http://', '\\\\'),
  'a name and password': ({ elsewhere }) => elsewhere.replace('//', `//user:${exposedKey}@`),
  'the key in the query': ({ elsewhere }) => `${elsewhere}/?key=${exposedKey}#${exposedKey}`,
  'the key in the path': ({ elsewhere }) => `${elsewhere}/${encodeURIComponent(exposedKey)}/`,
  'the key as a host': () => `https://${exposedKey}.evil.test/`,
  'no address, with the key': () => `http://[${exposedKey}`,
  'another scheme': () => `ftp://${exposedKey}.evil.test/`,
  'a file': () => 'file:///etc/passwd',
  'a script': () => `javascript:send('${exposedKey}')`,
  'a command': () => 'command:workbench.action.terminal.new',
  nothing: () => '',
};

function redirect(status: number, to: string, more: readonly string[] = []): Uint8Array {
  return reply('', { status: `${status} Go`, headers: [`Location: ${to}`, ...more] });
}

/** Every redirect status, to every target. */
const plainRedirects: readonly Attack[] = Object.entries(targets).map(([where, target]) => ({
  name: `a redirect to ${where}`,
  doors: ['question', 'list', 'check', 'medium'],
  async serve(exchange, scene) {
    await exchange.write(
      redirect(307, target(scene), ['Set-Cookie: id=1', `Refresh: 0; url=${scene.elsewhere}`]),
    );
    exchange.end();
  },
  ends: {
    question: /^failed redirect-refused$/,
    list: /^failed redirect-refused$/,
    check: /^checked: models, answer$/,
    medium: /^nothing$/,
  },
  requests: 2,
}));

const everyStatus: readonly Attack[] = Array.from({ length: 100 }, (_, place) => 300 + place).flatMap(
  (status) =>
    (['another origin', 'the same origin', 'the same scheme', 'a name and password'] as const).map(
      (where): Attack => ({
        name: `HTTP ${status} to ${where}`,
        doors: ['question', 'list', 'medium'],
        async serve(exchange, scene) {
          await exchange.write(redirect(status, targets[where]?.(scene) ?? ''));
          exchange.end();
        },
        ends: {
          question: /^failed redirect-refused$/,
          list: /^failed redirect-refused$/,
          medium: /^nothing$/,
        },
      }),
    ),
);

/** Replies that name another address without being a redirect. */
const disguised: readonly Attack[] = [
  ...[200, 201, 202, 206].map((status): Attack => ({
    name: `a Location in HTTP ${status}`,
    doors: ['question', 'list'],
    async serve(exchange, { elsewhere }) {
      const headers = [
        `Location: ${elsewhere}`,
        `Content-Location: ${elsewhere}`,
        `Link: <${elsewhere}>; rel=next`,
      ];
      const isQuestion = exchange.head.startsWith('POST');
      const body = isQuestion ? delta('Hi') + finish() + done : '{"data":[{"id":"a"}]}';
      await exchange.write(
        reply(body, { status: `${status} OK`, headers: [...headers, `Alt-Svc: h2="${elsewhere}"`] }),
      );
      exchange.end();
    },
    ends: { question: /^completed stop$/, list: /^listed 1$/ },
  })),
  {
    name: 'a page that reloads elsewhere',
    doors: ['question', 'list', 'medium'],
    async serve(exchange, { elsewhere }) {
      const page = `<!doctype html><meta http-equiv="refresh" content="0;url=${elsewhere}">`;
      await exchange.write(
        reply(page, { headers: ['Content-Type: text/html', `Refresh: 0; url=${elsewhere}`] }),
      );
      exchange.end();
    },
    ends: { question: /^failed not-an-api$/, list: /^failed not-an-api$/, medium: /^nothing$/ },
  },
  {
    name: 'an error that names another address',
    doors: ['question', 'list'],
    async serve(exchange, { elsewhere }) {
      const body = JSON.stringify({
        error: { message: `moved to ${elsewhere}`, url: elsewhere, location: elsewhere },
      });
      await exchange.write(reply(body, { status: '421 Misdirected' }));
      exchange.end();
    },
    ends: { question: /^failed http-error$/, list: /^failed http-error$/ },
  },
  {
    name: 'a picture elsewhere',
    doors: ['question'],
    async serve(exchange, { elsewhere }) {
      const image = { type: 'image_url', image_url: { url: `${elsewhere}/cat.png?key=1` } };
      const text = `![cat](${elsewhere}/dog.png)`;
      await exchange.write(
        reply(event({ choices: [{ delta: { content: text, images: [image] } }] }) + finish() + done),
      );
      exchange.end();
    },
    ends: { question: /^completed stop$/ },
  },
  {
    name: 'a redirect whose page has no end',
    doors: ['question', 'list', 'medium'],
    async serve(exchange, { elsewhere, supply }) {
      await exchange.write(redirect(302, elsewhere));
      await supply.flood(exchange, '<p>moved</p>', 10e9);
    },
    ends: { question: /^failed redirect-refused$/, list: /^failed redirect-refused$/, medium: /^nothing$/ },
    mostTaken: 70e6,
  },
  {
    name: 'two Locations',
    doors: ['question', 'list'],
    async serve(exchange, { self, elsewhere }) {
      await exchange.write(redirect(308, self, [`Location: ${elsewhere}`]));
      exchange.end();
    },
    ends: { question: /^failed redirect-refused$/, list: /^failed redirect-refused$/ },
  },
];

/** Redirects, open and disguised. Neither key nor prompt may follow them. */
export const redirects: readonly Attack[] = [...plainRedirects, ...everyStatus, ...disguised];
