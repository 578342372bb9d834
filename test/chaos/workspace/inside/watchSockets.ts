import net from 'node:net';

type Connect = (this: net.Socket, ...parameters: unknown[]) => net.Socket;

/** Notes where every connection of this process goes from now on, as `host:port`. */
export function watchSockets(): readonly string[] {
  const targets: string[] = [];
  const socket = net.Socket.prototype as unknown as { connect: Connect };
  const { connect } = socket;
  socket.connect = function (...parameters) {
    targets.push(targetOf(parameters));
    return connect.apply(this, parameters);
  };
  return targets;
}

/** Of `connect(options)`, `connect(port, host)`, and of what `net.connect` makes of them, an array of arguments. */
function targetOf(parameters: readonly unknown[]): string {
  const [first, second] = parameters;
  if (Array.isArray(first)) return targetOf(first);
  if (typeof first !== 'object' || first === null)
    return `${typeof second === 'string' ? second : ''}:${String(first)}`;
  const { host = '', port = '', path = '' } = first as Readonly<Record<string, string | number | undefined>>;
  return path === '' ? `${host}:${port}` : String(path);
}
