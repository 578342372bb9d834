/** Fields of the body of a request. */
type Fields = Readonly<Record<string, unknown>>;

/** One way to tell a gateway how much a model is to think, in the body of `/chat/completions`. */
interface EffortForm {
  /** Its main field. A refusal names this field. Stored on disk, so it must not change. */
  readonly field: EffortField;
  /** Where the form is documented. */
  readonly sources: readonly string[];
  /**
   * Writes a level. It is `none` or a word that the user chose, in lower case.
   *
   * @param lacks True for a field that the model is known to refuse.
   */
  readonly write: (level: string, lacks: (field: string) => boolean) => Fields;
}

/** The main fields of the forms. */
export const effortFields = [
  'reasoning_effort',
  'reasoning',
  'thinking',
  'enable_thinking',
  'chat_template_kwargs',
  'extra_body',
] as const;

/** One of these fields. */
export type EffortField = (typeof effortFields)[number];

/** Tokens of thinking for each level, for forms that take a budget. */
const budgets: Readonly<Record<string, number | undefined>> = {
  minimal: 1_024,
  low: 4_096,
  medium: 10_240,
  high: 20_480,
  xhigh: 32_768,
  max: 32_768,
};

/** The level that switches thinking off. */
const noEffort = 'none';

/** The forms, by their main field. */
export const effortForms: Readonly<Record<EffortField, EffortForm>> = {
  reasoning_effort: {
    field: 'reasoning_effort',
    sources: [
      'https://platform.openai.com/docs/api-reference/chat/create',
      'https://docs.ollama.com/api/openai-compatibility',
      'https://ai.google.dev/gemini-api/docs/openai',
    ],
    write: (level) => ({ reasoning_effort: level }),
  },
  reasoning: {
    field: 'reasoning',
    sources: ['https://openrouter.ai/docs/use-cases/reasoning-tokens'],
    write: (level) => ({ reasoning: { effort: level } }),
  },
  // A switch. DeepSeek also reads `reasoning_effort` beside it.
  thinking: {
    field: 'thinking',
    sources: [
      'https://api-docs.deepseek.com/guides/thinking_mode',
      'https://docs.z.ai/guides/capabilities/thinking-mode',
      'https://www.volcengine.com/docs/82379/1449737',
    ],
    write: (level, lacks) =>
      level === noEffort
        ? { thinking: { type: 'disabled' } }
        : {
            thinking: { type: 'enabled' },
            ...(!lacks('reasoning_effort') && { reasoning_effort: level }),
          },
  },
  enable_thinking: {
    field: 'enable_thinking',
    sources: [
      'https://www.alibabacloud.com/help/en/model-studio/deep-thinking',
      'https://docs.siliconflow.cn/cn/api-reference/chat-completions/chat-completions',
    ],
    write: (level, lacks) =>
      level === noEffort
        ? { enable_thinking: false }
        : {
            enable_thinking: true,
            ...(!lacks('thinking_budget') && { thinking_budget: budgetOf(level) }),
          },
  },
  // The names are those of chat templates: `enable_thinking` of Qwen and GLM, `thinking` of DeepSeek and Granite, `reasoning_effort` of gpt-oss.
  chat_template_kwargs: {
    field: 'chat_template_kwargs',
    sources: [
      'https://docs.vllm.ai/en/latest/features/reasoning_outputs/',
      'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
    ],
    write: (level) => ({
      chat_template_kwargs: {
        enable_thinking: level !== noEffort,
        thinking: level !== noEffort,
        ...(level !== noEffort && { reasoning_effort: level }),
      },
    }),
  },
  // Google reads a field with this name, which its documentation shows for requests without an SDK.
  extra_body: {
    field: 'extra_body',
    sources: ['https://ai.google.dev/gemini-api/docs/openai'],
    write: (level) => ({
      extra_body: {
        google: { thinking_config: { thinking_budget: level === noEffort ? 0 : budgetOf(level) } },
      },
    }),
  },
};

/** The forms of gateways, by the host of their base URL. */
const formsOfHosts: readonly (readonly [RegExp, readonly EffortField[]])[] = [
  [/(?:^|\.)openrouter\.ai$/, ['reasoning', 'reasoning_effort']],
  [
    /(?:^|\.)(?:deepseek\.com|bigmodel\.cn|z\.ai|volces\.com|byteplus\.com|moonshot\.(?:cn|ai))$/,
    ['thinking', 'reasoning_effort'],
  ],
  [
    /^dashscope[\w-]*\.aliyuncs\.com$|(?:^|\.)(?:siliconflow\.(?:cn|com)|modelscope\.cn)$/,
    ['enable_thinking', 'reasoning_effort'],
  ],
  [/^generativelanguage\.googleapis\.com$/, ['reasoning_effort', 'extra_body']],
  [/(?:^|\.)openai\.com$/, ['reasoning_effort']],
];

/** The forms of local servers, by the id of their preset. */
const formsOfServers: Readonly<Record<string, readonly EffortField[] | undefined>> = {
  llamacpp: ['chat_template_kwargs', 'reasoning_effort'],
  vllm: ['chat_template_kwargs', 'reasoning_effort'],
  sglang: ['chat_template_kwargs', 'reasoning_effort'],
};

/** The forms of model families, for all other gateways. Most gateways pass on the fields that they do not know. */
const formsOfFamilies: readonly (readonly [RegExp, readonly EffortField[]])[] = [
  [/qwen|qwq/, ['enable_thinking', 'chat_template_kwargs', 'reasoning_effort']],
  [/deepseek|glm-|doubao|kimi|^seed-|\/seed-/, ['thinking', 'chat_template_kwargs', 'reasoning_effort']],
  [/gemini/, ['reasoning_effort', 'extra_body']],
  [/claude/, ['reasoning_effort', 'thinking', 'reasoning']],
];

const usualForms: readonly EffortField[] = ['reasoning_effort', 'reasoning', 'thinking'];

/** Before the form that works, among what Parley learned about a model. */
const formMark = 'effort as ';

/** The entry that says which form works for a model, for `UnsupportedParameterMemory`. It is stored on disk. */
export function effortEntry(field: EffortField): string {
  return formMark + field;
}

/** The form that such an entry names; undefined for any other entry. */
export function effortFormOfEntry(entry: string): EffortField | undefined {
  return effortFields.find((field) => entry === effortEntry(field));
}

/** The entry that says that a model refuses one level of a form. It is stored on disk. */
export function refusedLevel(field: string, level: string): string {
  return `${field} ${level}`;
}

/** True for an unsupported parameter that is a form for thinking, or one level of a form. */
export function refusesEffort(parameter: string): boolean {
  const [field, more] = parameter.split(' ');
  return more !== 'with' && effortFields.some((one) => one === field);
}

/**
 * The forms for a model in the order in which they are tried: a host or a local server speaks for itself, the family of the model is
 * a guess, and other models get the form of OpenAI first.
 */
export function effortFormsFor(hostname: string, gatewayId: string, modelId: string): readonly EffortField[] {
  const id = modelId.slice(0, 300).toLowerCase();
  return (
    formsOfHosts.find(([host]) => host.test(hostname.slice(0, 300).toLowerCase()))?.[1] ??
    (Object.hasOwn(formsOfServers, gatewayId) ? formsOfServers[gatewayId] : undefined) ??
    formsOfFamilies.find(([family]) => family.test(id))?.[1] ??
    usualForms
  );
}

/**
 * The form for a level of thinking: the one that is known to work, else the first one that the model has not refused. Undefined if it
 * has refused them all.
 *
 * @param known What was learned about the model: see `UnsupportedParameterMemory`.
 */
export function chooseEffortForm(
  forms: readonly EffortField[],
  level: string,
  known: ReadonlySet<string>,
): EffortForm | undefined {
  const works = effortFields.filter((field) => known.has(effortEntry(field)));
  const field = [...works, ...forms].find((one) => !known.has(one) && !known.has(refusedLevel(one, level)));
  return field === undefined ? undefined : effortForms[field];
}

function budgetOf(level: string): number {
  // A preset may hold a word that only its model knows.
  return (Object.hasOwn(budgets, level) ? budgets[level] : undefined) ?? 10_240;
}
