import { createContentDecoder, readContentEncoding, type ContentDecoder } from './contentDecoder';
import { DeliveryCoalescer } from './deliveryCoalescer';
import type { Exchange, ExchangeHandler } from './exchange';
import { plainHeaders } from './plainHeaders';
import { ReadingGate, type ReadingSwitch } from './readingGate';

/** A connection that is being opened, whatever stage it is in. */
export interface Opening {
  destroy(reason: Error): void;
}

/** What undici hands over with a request: stops its reading, and ends it. */
interface RequestController extends ReadingSwitch {
  abort(reason: Error): void;
}

/** One request and its reply: a handler for undici's `dispatch`, which tells an `ExchangeHandler` what it hears. */
export class UndiciExchange implements Exchange {
  private opening: Opening | undefined;
  private controller: RequestController | undefined;
  private gate: ReadingGate | undefined;
  private decoder: ContentDecoder | undefined;
  private readonly coalescer: DeliveryCoalescer;
  private closed = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly handler: ExchangeHandler,
    elapsed: () => number,
  ) {
    this.coalescer = new DeliveryCoalescer({
      hold: () => this.gate?.hold('burst'),
      release: () => this.gate?.release('burst'),
      elapsed,
    });
  }

  /** Called with the connection that is being opened for this exchange. */
  onOpening(opening: Opening): void {
    this.opening = opening;
  }

  pause(): void {
    if (this.decoder === undefined) this.gate?.hold('consumer');
    else this.decoder.pause();
  }

  resume(): void {
    // What was stopped before the reply's head was stopped without its decoder.
    this.gate?.release('consumer');
    this.decoder?.resume();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.coalescer.stop();
    const reason = new Error('closed by the caller');
    // Without an error undici would wait for this socket forever.
    this.opening?.destroy(reason);
    this.controller?.abort(reason);
    this.decoder?.destroy();
  }

  onRequestStart(controller: RequestController): void {
    this.opening = undefined;
    this.controller = controller;
    this.gate = new ReadingGate(controller);
    if (this.closed) controller.abort(new Error('closed by the caller'));
    else this.handler.onConnected();
  }

  onResponseStart(
    controller: RequestController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (this.closed || status < 200) return;
    const head = { status, headers: plainHeaders(headers) };
    const encoding = readContentEncoding(head.headers['content-encoding']);
    if (encoding !== null) this.decoder = this.openDecoder(encoding, controller);
    this.handler.onHead(head);
  }

  onResponseData(_controller: RequestController, bytes: Uint8Array): void {
    if (this.closed) return;
    this.coalescer.onBytes(bytes.length);
    if (this.decoder === undefined) this.handler.onBytes(bytes);
    else if (!this.decoder.write(bytes)) this.gate?.hold('decoder');
  }

  onResponseEnd(): void {
    this.coalescer.stop();
    if (this.closed) return;
    if (this.decoder === undefined) this.finish();
    else this.decoder.end();
  }

  onResponseError(_controller: RequestController, error: Error): void {
    this.coalescer.stop();
    this.failure = { error };
    // undici reports some errors while `exchange` still runs.
    queueMicrotask(() => {
      if (this.closed) return;
      // What came before the error still goes out first.
      if (this.decoder === undefined) this.finish();
      else this.decoder.end();
    });
  }

  private openDecoder(
    encoding: Parameters<typeof createContentDecoder>[0],
    controller: RequestController,
  ): ContentDecoder {
    return createContentDecoder(encoding, {
      onBytes: (bytes) => {
        if (this.closed) return;
        try {
          this.handler.onBytes(bytes);
        } catch (error) {
          // Thrown in a stream's listener it would be nobody's error. undici does the same for a body as it is.
          this.failure ??= { error };
          this.finish();
          this.decoder?.destroy();
          controller.abort(new Error('the body cannot be read'));
        }
      },
      onEnd: () => {
        this.finish();
      },
      onError: (error) => {
        this.failure ??= { error };
        this.finish();
        controller.abort(new Error('the body cannot be decoded'));
      },
      onDrain: () => {
        this.gate?.release('decoder');
      },
    });
  }

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.failure === undefined) this.handler.onEnd();
    else this.handler.onError(this.failure.error);
  }
}
