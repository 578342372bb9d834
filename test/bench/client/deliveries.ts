import { chunkKinds, type ChunkKind } from './chunks';

/**
 * How a stream reaches the socket: in pieces of so many KB, whatever event they cut; one event per write; one event
 * every 2 ms, each saying when it was sent; or, without end, one every 20 ms. `first` is one chunk, with the head of the reply.
 */
export type Delivery = '1k' | '16k' | '64k' | 'events' | 'paced' | 'endless' | 'first';

/** A stream that the server of chunks can send. */
export interface Stream {
  readonly kind: ChunkKind;
  readonly delivery: Delivery;
}

/** How many chunks a stream has, unless it is paced. */
export const chunkCount = 20_000;

/** How many chunks a paced stream has: 1 second. There are many rounds instead, so that nobody has a bad minute alone. */
export const pacedCount = 500;

/** Between two events of a paced stream, in milliseconds. */
export const pace = 2;

/** Between two events of a stream without end, in milliseconds: 50 tokens a second. */
export const endlessPace = 20;

const deliveries: readonly Delivery[] = ['1k', '16k', '64k', 'events', 'paced', 'endless', 'first'];

/** The base URL at which the server sends a stream of this kind. */
export function baseUrlOf(port: number, { kind, delivery }: Stream): string {
  return `http://127.0.0.1:${port}/${kind}/${delivery}/v1`;
}

/** The stream that a path asks for; undefined for any other. */
export function streamOf(path: string): Stream | undefined {
  const [, kind, delivery] = path.split('/');
  const known = {
    kind: chunkKinds.find((one) => one === kind),
    delivery: deliveries.find((one) => one === delivery),
  };
  return known.kind === undefined || known.delivery === undefined
    ? undefined
    : { kind: known.kind, delivery: known.delivery };
}
