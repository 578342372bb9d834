import type { StreamPart } from '../../../../src/core/ports/answerStream';

/** The parts with neighbouring text and arguments joined, so that they do not depend on the deliveries. */
export function joined(parts: readonly StreamPart[]): unknown[] {
  const all: StreamPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    const isSame =
      (part.kind === 'text' && last?.kind === 'text') ||
      (part.kind === 'reasoning' && last?.kind === 'reasoning') ||
      (part.kind === 'tool-call-arguments' &&
        last?.kind === 'tool-call-arguments' &&
        last.index === part.index);
    if (isSame && 'text' in part && 'text' in last)
      all[all.length - 1] = { ...last, text: last.text + part.text };
    else all.push(part);
  }
  return all;
}
