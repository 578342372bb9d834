import { createContentDecoder, readContentEncoding, type ContentDecoder } from './contentDecoder';
import { DeliveryCoalescer } from './deliveryCoalescer';
import { DeliveryJoiner } from './deliveryJoiner';
import type { Exchange, ExchangeHandler, ReplyHead } from './exchange';
import { ReadingGate, type ReadingSwitch } from './readingGate';

/** A connection that is being opened, in any stage: TCP, proxy or TLS. */
export interface Opening {
  destroy(reason: Error): void;
}

/** What undici passes to the handler of a request: pauses, resumes and aborts it. */
interface RequestController extends ReadingSwitch {
  abort(reason: Error): void;
}

/**
 * One request and its reply: a handler for undici's `dispatch` (see `DispatchHandler` in undici's documentation) that passes
 * the events on to an `ExchangeHandler`.
 */
export class UndiciExchange implements Exchange {
  private opening: Opening | undefined;
  private controller: RequestController | undefined;
  private gate: ReadingGate | undefined;
  private decoder: ContentDecoder | undefined;
  private readonly coalescer: DeliveryCoalescer;
  private readonly joiner = new DeliveryJoiner((bytes) => {
    this.onDelivery(bytes);
  });
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

  /** Sets the connection that is being opened for this exchange, so that `close` can close it. */
  onOpening(opening: Opening): void {
    this.opening = opening;
  }

  pause(): void {
    if (this.decoder === undefined) this.gate?.hold('consumer');
    else this.decoder.pause();
  }

  resume(): void {
    // `pause` may have been called before the head arrived, when there was no decoder yet.
    this.gate?.release('consumer');
    this.decoder?.resume();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.coalescer.stop();
    const reason = new Error('closed by the caller');
    // If the socket is destroyed without an error, undici waits for it for ever.
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
    if (!this.closed) this.joiner.add(bytes);
  }

  onResponseEnd(): void {
    // Stopped first: the last delivery must not begin a rest.
    this.coalescer.stop();
    this.joiner.flush();
    if (this.closed) return;
    if (this.decoder === undefined) this.finish();
    else this.decoder.end();
  }

  onResponseError(_controller: RequestController, error: Error): void {
    this.coalescer.stop();
    this.failure = { error };
    // undici reports some errors before `exchange` has returned.
    queueMicrotask(() => {
      this.joiner.flush();
      if (this.closed) return;
      // Bytes in the decoder arrived before the error, so they are passed on first.
      if (this.decoder === undefined) this.finish();
      else this.decoder.end();
    });
  }

  private onDelivery(bytes: Uint8Array): void {
    if (this.closed) return;
    this.coalescer.onDelivery(bytes.length);
    if (this.decoder === undefined) this.passOn(bytes);
    else if (!this.decoder.write(bytes)) this.gate?.hold('decoder');
  }

  /** Passes bytes on to the handler. An error of the handler would be uncaught here, so it ends the exchange. */
  private passOn(bytes: Uint8Array): void {
    if (this.closed) return;
    try {
      this.handler.onBytes(bytes);
    } catch (error) {
      this.failure ??= { error };
      this.finish();
      this.decoder?.destroy();
      this.controller?.abort(new Error('the body cannot be read'));
    }
  }

  private openDecoder(
    encoding: Parameters<typeof createContentDecoder>[0],
    controller: RequestController,
  ): ContentDecoder {
    return createContentDecoder(encoding, {
      onBytes: (bytes) => {
        this.passOn(bytes);
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

/** The headers of a reply with their names in lower case; the first value of a repeated header. */
function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): ReplyHead['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      (typeof value === 'string' ? value : value?.[0]) ?? '',
    ]),
  );
}
