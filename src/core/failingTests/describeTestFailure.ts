import { fitOutput } from '../terminal/fitOutput';
import { TerminalOutput } from '../terminal/terminalOutput';

/** A place in a file of a failure. */
export interface FailurePlace {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Why a test failed. */
export interface TestFailure {
  readonly name: string;
  /** As the test tool writes it: often with escape sequences. */
  readonly message: string;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
  /** Where the test failed; undefined if the tool does not say. */
  readonly place: FailurePlace | undefined;
  /** The innermost call comes first. */
  readonly stack: readonly { readonly label: string; readonly place: FailurePlace | undefined }[];
}

/** The longest message, and the longest expected and actual value, in UTF-16 units. */
const longestMessage = 8_000;
const longestValue = 4_000;
/** The longest name of a test or of a call, in UTF-16 units. */
const longestLabel = 400;
/** The most calls of the stack. */
const mostCalls = 30;

/** Describes a failure in plain text: the test, the message, the values and the stack. */
export function describeTestFailure(failure: TestFailure): string {
  const { name, message, expected, actual, place, stack } = failure;
  const part = (title: string, text: string | undefined, limit: number): string =>
    text === undefined ? '' : `${title}\n${plain(text, limit)}`;
  const calls = stack
    .slice(0, mostCalls)
    .map(
      (call) =>
        `  at ${plain(call.label.slice(0, longestLabel), longestLabel)}${call.place === undefined ? '' : ` (${placeText(call.place)})`}`,
    );
  return [
    `Test: ${plain(name.slice(0, longestLabel), longestLabel)}${place === undefined ? '' : `\nFailed at: ${placeText(place)}`}`,
    part('Message:', message, longestMessage),
    part('Expected:', expected, longestValue),
    part('Actual:', actual, longestValue),
    calls.length === 0 ? '' : `Stack:\n${calls.join('\n')}`,
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

function placeText({ path, line }: FailurePlace): string {
  return `${path}:${line}`;
}

/** The text as a terminal shows it, cut in the middle. */
function plain(text: string, limit: number): string {
  const output = new TerminalOutput();
  output.add(text);
  return fitOutput(output.read(), limit).text.trim();
}
