import * as v from 'valibot';
import { chatEndpoints } from '../../core/models/chatEndpoint';
import { modelKinds } from '../../core/models/modelKind';

const price = v.pipe(v.number(), v.minValue(0), v.finite());

/** The schema of `ModelPrices`. */
const pricesSchema = v.object({
  input: v.exactOptional(price),
  cachedInput: v.exactOptional(price),
  cacheWrite: v.exactOptional(price),
  output: v.exactOptional(price),
  request: v.exactOptional(price),
  currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[a-z]{3}$/i))),
  isLowest: v.exactOptional(v.boolean()),
});

/** The schema of a `ModelDescription` in a setting or in VS Code's storage. */
export const modelDescriptionSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.exactOptional(v.string()),
  kind: v.exactOptional(v.picklist(modelKinds)),
  endpoint: v.exactOptional(v.picklist(chatEndpoints)),
  contextWindow: v.exactOptional(v.number()),
  maxOutput: v.exactOptional(v.number()),
  vision: v.exactOptional(v.boolean()),
  tools: v.exactOptional(v.boolean()),
  reasoning: v.exactOptional(v.boolean()),
  media: v.exactOptional(v.boolean()),
  loaded: v.exactOptional(v.boolean()),
  prices: v.exactOptional(pricesSchema),
});
