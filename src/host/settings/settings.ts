import * as v from 'valibot';
import { balanceRequestSchema } from '../../core/models/balanceRequest';
import { chatEndpoints } from '../../core/models/chatEndpoint';
import type { Timeouts } from '../../core/models/route';
import { modelDescriptionSchema } from './modelDescriptionSchema';
import { userValue } from './userValue';

const modelSchema = v.union([
  v.pipe(
    v.string(),
    v.minLength(1),
    v.transform((id) => ({ id })),
  ),
  modelDescriptionSchema,
]);

const gatewaySchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)),
  name: v.exactOptional(v.string()),
  /** Required, except for the id of a preset that has a base URL. */
  baseUrl: v.exactOptional(v.string()),
  auth: v.exactOptional(v.union([v.picklist(['bearer', 'none']), v.object({ header: v.string() })])),
  headers: v.exactOptional(v.record(v.string(), v.string())),
  models: v.exactOptional(v.array(modelSchema)),
  extraBody: v.exactOptional(v.record(v.string(), v.unknown())),
  cumulativeDeltas: v.exactOptional(v.boolean()),
  balance: v.exactOptional(balanceRequestSchema),
  endpoint: v.exactOptional(v.picklist(chatEndpoints)),
  /** True leaves the gateway out of the lists of models. Chats that use it still work. */
  hidden: v.exactOptional(v.boolean()),
});

/** A validated entry of `parley.gateways`. */
export type GatewaySetting = v.InferOutput<typeof gatewaySchema>;

const seconds = v.pipe(v.number(), v.minValue(0.1), v.maxValue(3_600));
const defaultTimeouts: Timeouts = { connect: 15, firstToken: 120, idle: 60 };

/**
 * Reads and validates Parley's settings. Only the user's values count: a workspace that could set a base URL or a header could
 * steal a key. VS Code enforces this by the settings' application scope, and reading `globalValue` enforces it again.
 */
export class Settings {
  /** The valid gateways, and one line for each invalid entry that says what is wrong. */
  gateways(): { readonly gateways: readonly GatewaySetting[]; readonly problems: readonly string[] } {
    const value = userValue('gateways');
    const gateways = new Map<string, GatewaySetting>();
    const problems: string[] = [];
    for (const [index, entry] of (Array.isArray(value) ? (value as unknown[]) : []).entries()) {
      const result = v.safeParse(gatewaySchema, entry);
      if (result.success) {
        gateways.set(result.output.id, result.output);
      } else {
        const [issue] = result.issues;
        problems.push(`parley.gateways[${index}].${v.getDotPath(issue) ?? ''}: ${issue.message}`);
      }
    }
    return { gateways: [...gateways.values()], problems };
  }

  /** The default model as `gatewayId/modelId`; '' if it is not set. */
  defaultModel(): string {
    return text('defaultModel');
  }

  /** The user's instructions for the system message; '' if there are none. */
  instructions(): string {
    return text('instructions');
  }

  /** False if models must not write chat titles. */
  automaticTitles(): boolean {
    return userValue('automaticTitles') !== false;
  }

  /** False if the workspace's instruction files (`AGENTS.md` …) must not be sent. */
  instructionFiles(): boolean {
    return userValue('instructionFiles') !== false;
  }

  /** The request parameters: by glob over `gatewayId/modelId`, or without a glob for all models. See `parametersFor`. */
  parameters(): Readonly<Record<string, unknown>> {
    const result = v.safeParse(v.record(v.string(), v.unknown()), userValue('parameters'));
    return result.success ? result.output : {};
  }

  /** The timeouts in seconds. A missing or invalid value is replaced by its default. */
  timeouts(): Timeouts {
    const schema = v.object({
      connect: v.fallback(seconds, defaultTimeouts.connect),
      firstToken: v.fallback(seconds, defaultTimeouts.firstToken),
      idle: v.fallback(seconds, defaultTimeouts.idle),
    });
    const result = v.safeParse(schema, {
      ...defaultTimeouts,
      ...(userValue('timeouts') as object | undefined),
    });
    return result.success ? result.output : defaultTimeouts;
  }
}

function text(name: string): string {
  const value = userValue(name);
  return typeof value === 'string' ? value : '';
}
