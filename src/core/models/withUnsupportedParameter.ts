/** Two parts of which a gateway refuses the presence of one or the absence: what was learned last counts. */
const opposites: Readonly<Record<string, string | undefined>> = {
  reasoning_content: 'missing reasoning_content',
  'missing reasoning_content': 'reasoning_content',
};

/** What is known of a model once it refused `part`, too; the newest stands last. */
export function withUnsupportedParameter(known: Iterable<string>, part: string): readonly string[] {
  return [...[...known].filter((other) => other !== part && other !== opposites[part]), part];
}
