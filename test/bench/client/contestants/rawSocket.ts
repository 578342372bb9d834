import { connect, type Socket } from 'node:net';
import { requestBody, textOf, type AnswerChunk, type OpenContestant } from './contestant';

const headEnd = '\r\n\r\n';

/**
 * A floor: a socket and `JSON.parse`, and nothing that is not needed to get at the text of this very
 * server's well-formed answers.
 */
export const open: OpenContestant = (baseUrl) => {
  const { hostname, port, host, pathname } = new URL(baseUrl);
  const request = [
    `POST ${pathname}/chat/completions HTTP/1.1`,
    `host: ${host}`,
    'authorization: Bearer key',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(requestBody)}`,
    '',
    requestBody,
  ].join('\r\n');
  let socket: Socket | undefined;
  return {
    ask: (onText) =>
      new Promise((resolve, reject) => {
        const reply = new RawReply(onText);
        const current = (socket ??= connect({ host: hostname, port: Number(port), noDelay: true }));
        const onData = (bytes: Buffer): void => {
          if (!reply.feed(bytes)) return;
          current.off('data', onData).off('error', reject);
          resolve();
        };
        current.on('data', onData).on('error', reject);
        current.write(request);
      }),
    close: () => {
      socket?.destroy();
      return Promise.resolve();
    },
  };
};

/** Reads a reply in chunked encoding (RFC 9112, section 7.1) whose body is a stream of events. */
class RawReply {
  private readonly decoder = new TextDecoder();
  private head: string | undefined = '';
  /** What has come of an event, or of the size of a piece. */
  private begun = '';
  private size = '';
  /** Bytes that the current piece still brings, its line end included; 0 while its size is awaited. */
  private left = 0;

  constructor(private readonly onText: (text: string) => void) {}

  /** Returns true at the reply's end. */
  feed(bytes: Buffer): boolean {
    let start = 0;
    if (this.head !== undefined) {
      const end = this.endOfHead(bytes);
      if (end === undefined) return false;
      start = end;
    }
    while (start < bytes.length) {
      if (this.left === 0) {
        const end = bytes.indexOf(0x0a, start);
        this.size += bytes.toString('latin1', start, end === -1 ? bytes.length : end);
        if (end === -1) return false;
        start = end + 1;
        const size = Number.parseInt(this.size, 16);
        this.size = '';
        if (size === 0) return true;
        this.left = size + 2;
      }
      const end = Math.min(bytes.length, start + this.left);
      // The last two bytes of a piece are its line end.
      const bodyEnd = Math.min(end, start + this.left - 2);
      if (bodyEnd > start) this.read(bytes.subarray(start, bodyEnd));
      this.left -= end - start;
      start = end;
    }
    return false;
  }

  private endOfHead(bytes: Buffer): number | undefined {
    const before = this.head ?? '';
    this.head = before + bytes.toString('latin1');
    const end = this.head.indexOf(headEnd);
    if (end === -1) return undefined;
    this.head = undefined;
    return end + headEnd.length - before.length;
  }

  private read(bytes: Buffer): void {
    const text = this.begun + this.decoder.decode(bytes, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n', start)) {
      const data = text.slice(start + 'data: '.length, end);
      if (data !== '[DONE]') this.onText(textOf(JSON.parse(data) as AnswerChunk));
      start = end + 2;
    }
    this.begun = text.slice(start);
  }
}
