import type { ToolCall } from '../../shared/answer/toolCall';

/** A function that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Runs what models call. */
export interface ToolRunner {
  readonly definitions: readonly ToolDefinition[];
  /** The result as text for the model. What it rejects with is told to the model as an error. */
  run(call: ToolCall): Promise<string>;
}
