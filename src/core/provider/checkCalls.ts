import type { ToolCall } from '../../shared/answer/toolCall';
import { readArguments } from './readArguments';

/** A call that a tool can run. */
export interface UsableCall {
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call that no tool can run. */
export interface UnusableCall {
  /** Its index among the calls of its answer. */
  readonly index: number;
  readonly name: string;
  /** Tells the model what was wrong. */
  readonly problem: string;
}

/** The calls of an answer. */
interface CheckedCalls {
  readonly usable: readonly UsableCall[];
  readonly unusable: readonly UnusableCall[];
}

/** How much of broken arguments the model gets back, in UTF-16 units. */
const longestQuote = 2_000;
/** How many names of tools the model gets. */
const mostNames = 200;

/**
 * Separates the calls that a tool can run from the others.
 *
 * @param tools The names of the tools that the model was offered.
 * @param isTaken True for an id that the conversation has already. Some gateways count the calls of each answer from 0.
 */
export function checkCalls(
  calls: readonly ToolCall[],
  tools: ReadonlySet<string>,
  isTaken: (id: string) => boolean,
  newId: () => string,
): CheckedCalls {
  const usable: UsableCall[] = [];
  const unusable: UnusableCall[] = [];
  const ids = new Set<string>();
  for (const [index, call] of calls.entries()) {
    const name = nameOf(call.name, tools);
    const input = readArguments(call.arguments);
    if (name === undefined) {
      unusable.push({ index, name: call.name, problem: unknownTool(call.name, tools) });
    } else if (input === undefined) {
      unusable.push({ index, name, problem: brokenArguments(call.arguments) });
    } else {
      const id = call.id.trim() === '' || ids.has(call.id) || isTaken(call.id) ? `call_${newId()}` : call.id;
      ids.add(id);
      usable.push({ id, name, input });
    }
  }
  return { usable, unusable };
}

/** Some models write the namespace of their training before the name: `functions.read_file`. */
function nameOf(written: string, tools: ReadonlySet<string>): string | undefined {
  const name = written.trim();
  return [name, name.slice(name.lastIndexOf('.') + 1)].find((candidate) => tools.has(candidate));
}

function unknownTool(name: string, tools: ReadonlySet<string>): string {
  const quoted = JSON.stringify(name.slice(0, 200));
  if (tools.size === 0) return `Error: There is no tool ${quoted}. You have no tools here. Answer in text.`;
  return `Error: There is no tool ${quoted}. Your tools are: ${[...tools].slice(0, mostNames).join(', ')}.`;
}

function brokenArguments(text: string): string {
  const quoted = text.length > longestQuote ? `${text.slice(0, longestQuote)} […]` : text;
  return `Error: The arguments are not a JSON object, so the tool did not run. Call it again with valid JSON. The arguments were: ${quoted}`;
}
