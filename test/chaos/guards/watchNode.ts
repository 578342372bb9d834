import { subscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import files from 'node:fs/promises';
import net from 'node:net';
import { sep } from 'node:path';
import { noteEffect } from './effects';

type Callable = (...parameters: unknown[]) => unknown;

const reading = ['readFile', 'readdir', 'stat', 'lstat', 'access'] as const;
const writing = [
  'writeFile',
  'appendFile',
  'mkdir',
  'rename',
  'rm',
  'unlink',
  'utimes',
  'copyFile',
  'symlink',
] as const;

/**
 * Notes from now on what this process does to the disk and the network, beside VS Code. Nothing but loopback is reached.
 *
 * @param storage The folder that is Parley's own: what is done there is `read own file` or `write own file`.
 */
export function watchNode(storage: string): void {
  const noteFile = (verb: 'read' | 'write', path: unknown): void => {
    const isOwn = String(path).startsWith(storage + sep) || path === storage;
    noteEffect(isOwn ? `${verb} own file` : `${verb} file`, path);
  };
  for (const name of reading)
    wrap(files, name, ([path]) => {
      noteFile('read', path);
    });
  for (const name of writing)
    wrap(files, name, ([path, to]) => {
      noteFile('write', path);
      if (name === 'rename' || name === 'copyFile') noteFile('write', to);
    });
  wrap(files, 'open', ([path, flags]) => {
    noteFile(flags === undefined || flags === 'r' || isReading(flags) ? 'read' : 'write', path);
  });
  // Where a link leads is looked at before anything is read; it is not what is in the file.
  wrap(files, 'realpath', ([path]) => {
    noteEffect('follow links', path);
  });

  subscribe('undici:request:create', (message) => {
    const { method, origin, path } = (message as { request: Record<'method' | 'origin' | 'path', string> })
      .request;
    const isAsking = method === 'POST' && path.endsWith('/chat/completions');
    noteEffect(isAsking ? 'ask gateway' : path.endsWith('/models') ? 'list models' : 'fetch', origin + path);
  });
  const socket = net.Socket.prototype as unknown as Record<string, Callable>;
  wrap(socket, 'connect', (parameters) => {
    const { host, port } = targetOf(parameters);
    if (host === '127.0.0.1' || host === '::1' || host === undefined) return;
    noteEffect('reach elsewhere', `${host}:${port ?? ''}`);
    throw new Error(`Nothing but loopback is reached, not ${host}.`);
  });
  for (const module of [dns, dns.promises] as unknown as Record<string, Callable>[])
    wrap(module, 'lookup', ([host, ...others]) => {
      if (host === 'localhost' || host === '127.0.0.1') return undefined;
      noteEffect('reach elsewhere', host);
      const error = Object.assign(new Error('Nothing but loopback is reached.'), { code: 'ENOTFOUND' });
      const callback = others.at(-1);
      if (typeof callback !== 'function') throw error;
      (callback as Callable)(error);
      return 'done';
    });
}

function isReading(flags: unknown): boolean {
  return typeof flags === 'number' && (flags & 3) === 0;
}

/** Calls `note` before each call of a method. What it returns is returned instead of calling the method. */
function wrap(owner: object, name: string, note: (parameters: readonly unknown[]) => unknown): void {
  const methods = owner as Record<string, Callable>;
  const original = methods[name];
  if (original === undefined) throw new Error(`There is no ${name}.`);
  methods[name] = function (this: unknown, ...parameters) {
    return note(parameters) ?? original.apply(this, parameters);
  };
}

/** Of `connect(options)`, `connect(port, host)`, and of what `net.connect` makes of them, a list of arguments. */
function targetOf(parameters: readonly unknown[]): { host?: string; port?: number | string } {
  const [first, second] = parameters;
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first === 'object' && first !== null) return first;
  return typeof second === 'string' ? { host: second, port: Number(first) } : { port: Number(first) };
}
