import type { AnswerStream, StreamPart } from '../../core/ports/answerStream';

/** Opens a stream as soon as the client is loaded. If it cannot be loaded, the answer fails. */
export function streamOnceLoaded<Client>(
  client: Promise<Client>,
  open: (client: Client) => AnswerStream,
): AnswerStream {
  let stream: AnswerStream | undefined;
  let isCancelled = false;
  const opened = client.then(
    (ready) => {
      stream = open(ready);
      if (isCancelled) stream.cancel();
      return stream;
    },
    (error: unknown) => ({ error }),
  );
  return {
    get isStored() {
      return stream?.isStored === true;
    },
    cancel: () => {
      isCancelled = true;
      stream?.cancel();
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<readonly StreamPart[]> {
      const answer = await opened;
      if (!('error' in answer)) {
        yield* answer;
        return;
      }
      const failure = { kind: 'unexpected', retryable: true, detail: String(answer.error) } as const;
      yield [{ kind: 'ended', ending: { outcome: 'failed', failure } }];
    },
  };
}
