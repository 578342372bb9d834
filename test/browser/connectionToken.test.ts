import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVSCodeServer, type VSCodeServer } from '../../scripts/startVSCodeServer.mjs';

/** The header of a control message in VS Code's protocol: its kind, two numbers and the size of what follows. */
const headerSize = 13;
const controlMessage = 2;

describe('The VS Code that npm start and the tests serve', () => {
  let folder: string;
  let server: VSCodeServer;
  let token: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-token-'));
    server = await startVSCodeServer({ dataFolder: join(folder, 'data') });
    token = await readFile(server.tokenFile, 'utf8');
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Status and text of a GET. */
  async function get(path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
    return await new Promise((resolve, reject) => {
      const asked = request(`http://${server.authority}${path}`, { headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (more: string) => (text += more));
        response.on('end', () => {
          resolve([response.statusCode ?? 0, text]);
        });
      });
      asked.on('error', reject).end();
    });
  }

  /** What the server does when a page of another site opens VS Code's own channel: it goes on, or hangs up. */
  async function knock(auth: string): Promise<'goes on' | 'hangs up'> {
    const socket = new WebSocket(`ws://${server.authority}/`);
    socket.binaryType = 'arraybuffer';
    try {
      await once(socket, 'open');
      const text = Buffer.from(JSON.stringify({ type: 'auth', auth, data: 'x' }));
      const header = Buffer.alloc(headerSize);
      header.writeUInt8(controlMessage, 0);
      header.writeUInt32BE(text.length, 9);
      socket.send(Buffer.concat([header, text]));
      return await new Promise((resolve) => {
        socket.onclose = () => {
          resolve('hangs up');
        };
        socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
          if (Buffer.from(data).toString('utf8', headerSize).startsWith('{"type":"sign"')) resolve('goes on');
        };
      });
    } finally {
      socket.close();
    }
  }

  it('keeps its token where only the user can read it, and makes a new one at each start', async () => {
    match(token, /^[\w-]{32}$/);
    if (process.platform !== 'win32') equal((await stat(server.tokenFile)).mode & 0o777, 0o600);
    const other = await startVSCodeServer({ dataFolder: join(folder, 'other') });
    notEqual(await readFile(other.tokenFile, 'utf8'), token);
    await other.stop();
  });

  it('opens at 127.0.0.1 with its token, in the folder that was asked for', () => {
    const url = new URL(server.address(new URLSearchParams({ folder: '/some place' })));
    equal(url.hostname, '127.0.0.1');
    deepEqual(Object.fromEntries(url.searchParams), { folder: '/some place', tkn: token });
  });

  it('refuses a page and a file of the computer without the token, whatever the Host', async () => {
    const file = join(folder, 'private.txt');
    await writeFile(file, 'CANARY');
    const resource = `/vscode-remote-resource?path=${encodeURIComponent(file)}`;
    for (const headers of [{}, { Host: 'evil.example' }, { Cookie: 'vscode-tkn=wrong' }]) {
      for (const path of ['/', '/?tkn=wrong', resource, `${resource}&tkn=wrong`]) {
        const [status, text] = await get(path, headers);
        equal(status, 403, path);
        ok(!text.includes('CANARY'));
      }
    }
    deepEqual(await get(`${resource}&tkn=${token}`), [200, 'CANARY']);
  });

  it('refuses the channel for files and terminals without the token', async () => {
    for (const auth of ['', '00000000000000000000', `${token.slice(1)}x`]) {
      equal(await knock(auth), 'hangs up');
    }
    equal(server.output().split('Unauthorized client refused').length, 4);
    equal(await knock(token), 'goes on');
  });
});
