/** How a family of models marks the prefix and the suffix of a text to complete. */
interface FillInTokens {
  /** Puts the text into a prompt. */
  readonly prompt: (prefix: string, suffix: string) => string;
  /** The tokens themselves. A completion that contains one has ended before it. */
  readonly stop: readonly string[];
}

/** Tokens that begin another file or another turn in a completion. */
const endings = ['<|endoftext|>', '<|file_sep|>'];

/**
 * The tokens of model families, by their ids. First match wins. Sources: the model cards of Qwen2.5-Coder, CodeGemma, StarCoder2,
 * DeepSeek-Coder, Code Llama and Codestral; llama.cpp's list of tokens for Granite (up to version 3); the technical report of
 * Seed-Coder. CodeGeeX4 is not here: its prompt also needs the path and the language of the file.
 */
const families: readonly (readonly [RegExp, FillInTokens])[] = [
  [/deepseek/, marked('<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>')],
  [
    /codellama|code-llama/,
    {
      prompt: (prefix, suffix) => `<PRE> ${prefix} <SUF>${suffix} <MID>`,
      stop: ['<EOT>', '<PRE>', '<SUF>', '<MID>'],
    },
  ],
  [
    /codestral|mistral|devstral/,
    {
      prompt: (prefix, suffix) => `[SUFFIX]${suffix}[PREFIX]${prefix}`,
      stop: ['[PREFIX]', '[SUFFIX]', '</s>'],
    },
  ],
  [/starcoder|santacoder|granite(?!-?4)|stable-code/, marked('<fim_prefix>', '<fim_suffix>', '<fim_middle>')],
  [
    /seed-coder/,
    {
      prompt: (prefix, suffix) => `<[fim-suffix]>${suffix}<[fim-prefix]>${prefix}<[fim-middle]>`,
      stop: ['<[fim-suffix]>', '<[fim-prefix]>', '<[fim-middle]>', ...endings],
    },
  ],
  [/qwen|codegemma/, marked('<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>')],
];

/** The tokens of a model's family; undefined for a family that has none. */
export function fillInTokens(modelId: string): FillInTokens | undefined {
  const id = modelId.slice(0, 300).toLowerCase();
  return families.find(([family]) => family.test(id))?.[1];
}

function marked(before: string, between: string, after: string): FillInTokens {
  return {
    prompt: (prefix, suffix) => before + prefix + between + suffix + after,
    stop: [before, between, after, ...endings],
  };
}
