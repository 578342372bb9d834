import type { ToolCall } from '../../shared/answer/toolCall';

/** A function that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, which are an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Runs the tools that models call. */
export interface ToolRunner {
  readonly definitions: readonly ToolDefinition[];
  /**
   * Resolves to the result as text for the model. The reason of a rejection is sent to the model as an error. When `signal`
   * aborts, the tool must end soon: the run counts as running until it has.
   */
  run(call: ToolCall, signal: AbortSignal): Promise<string>;
}
