import * as vscode from 'vscode';
import type { FailurePlace, TestFailure } from '../../core/failingTests/describeTestFailure';

/** A failure that the user chose in the test results. */
interface ClickedFailure {
  readonly failure: TestFailure;
  /** The files of the failure, the file of the test first. */
  readonly places: readonly { readonly uri: vscode.Uri; readonly line: number }[];
}

/**
 * Reads what VS Code passes to an entry of the menus `testing/message/…`: `{ test, message }`. The test may be gone.
 *
 * @returns undefined for anything else.
 */
export function readClicked(clicked: unknown): ClickedFailure | undefined {
  if (typeof clicked !== 'object' || clicked === null || !('message' in clicked)) return undefined;
  const { message } = clicked;
  if (!(message instanceof vscode.TestMessage)) return undefined;
  const test = 'test' in clicked ? readTest(clicked.test) : undefined;
  const { location } = message;
  const stack = message.stackTrace ?? [];
  const places = [
    ...(location === undefined ? [] : [{ uri: location.uri, line: location.range.start.line }]),
    ...(test?.uri === undefined ? [] : [{ uri: test.uri, line: test.line }]),
    ...stack.flatMap(({ uri, position }) => (uri === undefined ? [] : [{ uri, line: position?.line ?? 0 }])),
  ];
  const text = message.message;
  return {
    failure: {
      name: test?.label ?? '',
      message: typeof text === 'string' ? text : text.value,
      expected: message.expectedOutput,
      actual: message.actualOutput,
      place: location && placeOf(location.uri, location.range.start.line),
      stack: stack.map(({ label, uri, position }) => ({
        label,
        place: uri && placeOf(uri, position?.line ?? 0),
      })),
    },
    // The file of the test comes first, although the test may have failed in a function that it calls.
    places: places.toSorted((one, other) => rank(one.uri, test?.uri) - rank(other.uri, test?.uri)),
  };
}

function rank(uri: vscode.Uri, test: vscode.Uri | undefined): number {
  return uri.toString() === test?.toString() ? 0 : 1;
}

function placeOf(uri: vscode.Uri, line: number): FailurePlace {
  return { path: vscode.workspace.asRelativePath(uri), line: line + 1 };
}

/** A test item. One of another extension host is a copy with the same fields. */
function readTest(
  test: unknown,
): { readonly label: string; readonly uri: vscode.Uri | undefined; readonly line: number } | undefined {
  if (typeof test !== 'object' || test === null) return undefined;
  const label = 'label' in test && typeof test.label === 'string' ? test.label : '';
  const uri = 'uri' in test && test.uri instanceof vscode.Uri ? test.uri : undefined;
  const range = 'range' in test && test.range instanceof vscode.Range ? test.range : undefined;
  return { label, uri, line: range?.start.line ?? 0 };
}
