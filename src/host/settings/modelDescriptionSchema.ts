import * as v from 'valibot';

/** The schema of a `ModelDescription` in a setting or in VS Code's storage. */
export const modelDescriptionSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.exactOptional(v.string()),
  contextWindow: v.exactOptional(v.number()),
  maxOutput: v.exactOptional(v.number()),
  vision: v.exactOptional(v.boolean()),
  tools: v.exactOptional(v.boolean()),
  reasoning: v.exactOptional(v.boolean()),
  media: v.exactOptional(v.boolean()),
  loaded: v.exactOptional(v.boolean()),
});
