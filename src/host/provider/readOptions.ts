import type * as vscode from 'vscode';
import { problemWithParameter } from '../../core/models/parameterRules';
import type { ToolDefinition } from '../../core/ports/toolRunner';

/** The parameters that another extension may set. None of them makes a request cost a multiple. */
const settable = [
  'temperature',
  'top_p',
  'max_tokens',
  'max_completion_tokens',
  'stop',
  'presence_penalty',
  'frequency_penalty',
  'seed',
];

/** `LanguageModelChatToolMode.Required`, whose value needs VS Code. */
const requiredMode = 2;

/** `ProvideLanguageModelChatResponseOptions`, with the mode as a number. */
type GivenOptions = Omit<vscode.ProvideLanguageModelChatResponseOptions, 'toolMode'> & {
  readonly toolMode: number;
};

/** What a request to a model says beside its messages. */
interface RequestOptions {
  /** The id of the extension that asks; see `ExtensionAccess`. */
  readonly requester: unknown;
  /** The level of effort that the user chose beside the picker; undefined for none. */
  readonly effort: string | undefined;
  /** Fields of the request. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tools: readonly ToolDefinition[];
}

/** Reads the options of a request. Fields that VS Code's stable types lack may be anything. */
export function readOptions(options: GivenOptions): RequestOptions {
  const { modelOptions = {}, tools: given = [], toolMode } = options;
  const effort = fieldOf(fieldOf(options, 'modelConfiguration'), 'reasoningEffort');
  const tools = definitionsOf(given);
  const parameters = Object.fromEntries(
    settable.flatMap((name) => {
      const value: unknown = modelOptions[name];
      return value === undefined || problemWithParameter(name, value) !== undefined ? [] : [[name, value]];
    }),
  );
  return {
    requester: fieldOf(options, 'requestInitiator'),
    effort: typeof effort === 'string' && effort !== 'default' && effort !== '' ? effort : undefined,
    parameters: {
      ...parameters,
      ...(tools.length > 0 && toolMode === requiredMode && { tool_choice: 'required' }),
    },
    tools,
  };
}

/** Gateways refuse two tools of one name, and a schema that is not of an object. */
function definitionsOf(tools: readonly vscode.LanguageModelChatTool[]): readonly ToolDefinition[] {
  const byName = new Map<string, ToolDefinition>();
  for (const { name, description, inputSchema } of tools) {
    if (name.trim() === '' || byName.has(name)) continue;
    const schema = { ...inputSchema } as Readonly<Record<string, unknown>>;
    byName.set(name, {
      name,
      description,
      parameters: { ...schema, type: 'object', properties: schema['properties'] ?? {} },
    });
  }
  return [...byName.values()];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}
