/** Names are cut after this length, in characters. */
const longestName = 200;

/**
 * An unchecked object in a gateway's reply. Each field may be absent and may have any type, whatever the gateway's
 * documentation says. The type only lists the names of the fields that Parley reads.
 */
export type ReplyObject = Readonly<Partial<Record<ReplyField, unknown>>>;

type ReplyField =
  // the chunk or the completion
  | 'choices'
  | 'data'
  | 'mode'
  | 'model'
  | 'model_info'
  | 'supported_endpoint_types'
  | 'supported_endpoints'
  | 'supported_operations'
  | 'pipeline_tag'
  | 'task'
  | 'completion_chat'
  | 'completion_fim'
  | 'object'
  | 'usage'
  | 'x_groq'
  // a choice and its delta or message
  | 'index'
  | 'delta'
  | 'message'
  | 'content'
  | 'text'
  | 'thinking'
  | 'thought'
  | 'value'
  | 'parts'
  | 'summary'
  | 'refusal'
  | 'reasoning'
  | 'reasoning_content'
  | 'reasoning_details'
  | 'tool_calls'
  | 'function_call'
  | 'function'
  | 'arguments'
  | 'finish_reason'
  | 'prompt_progress'
  | 'total'
  | 'processed'
  | 'cache'
  // other formats: Responses, Anthropic, Gemini, Ollama
  | 'response'
  | 'item'
  | 'item_id'
  | 'output_index'
  | 'output_text'
  | 'encrypted_content'
  | 'signature'
  | 'result'
  | 'call_id'
  | 'annotation'
  | 'annotations'
  | 'incomplete_details'
  | 'reason'
  | 'content_block'
  | 'partial_json'
  | 'input'
  | 'citation'
  | 'citations'
  | 'search_results'
  | 'stop_reason'
  | 'cache_read_input_tokens'
  | 'cache_creation_input_tokens'
  | 'candidates'
  | 'finishReason'
  | 'usageMetadata'
  | 'modelVersion'
  | 'promptFeedback'
  | 'blockReason'
  | 'groundingMetadata'
  | 'citationMetadata'
  | 'inlineData'
  | 'inline_data'
  | 'executableCode'
  | 'codeExecutionResult'
  | 'functionCall'
  | 'args'
  | 'promptTokenCount'
  | 'candidatesTokenCount'
  | 'thoughtsTokenCount'
  | 'totalTokenCount'
  | 'cachedContentTokenCount'
  | 'done'
  | 'done_reason'
  | 'prompt_eval_count'
  | 'eval_count'
  // sources
  | 'link'
  | 'uri'
  | 'source_url'
  | 'site_name'
  | 'refer'
  | 'ref'
  | 'number'
  | 'start_index'
  | 'startIndex'
  | 'end_index'
  | 'endIndex'
  // log probabilities
  | 'logprobs'
  | 'token'
  | 'logprob'
  | 'top_logprobs'
  | 'tokens'
  | 'token_logprobs'
  // media
  | 'image'
  | 'images'
  | 'image_url'
  | 'video'
  | 'videos'
  | 'video_url'
  | 'audio'
  | 'audio_url'
  | 'input_audio'
  | 'output_audio'
  | 'transcript'
  | 'format'
  | 'source'
  | 'file'
  | 'url'
  | 'b64_json'
  | 'mime_type'
  | 'media_type'
  | 'mimeType'
  | 'alt'
  | 'revised_prompt'
  // usage
  | 'prompt_tokens'
  | 'input_tokens'
  | 'completion_tokens'
  | 'output_tokens'
  | 'total_tokens'
  | 'prompt_tokens_details'
  | 'input_tokens_details'
  | 'completion_tokens_details'
  | 'output_tokens_details'
  | 'prompt_cache_hit_tokens'
  | 'cached_tokens'
  | 'reasoning_tokens'
  | 'cache_write_tokens'
  | 'cached_creation_tokens'
  | 'cost'
  | 'cost_details'
  | 'cost_in_usd_ticks'
  | 'currency'
  | 'estimated_cost'
  | 'is_byok'
  | 'total_cost'
  | 'upstream_inference_cost'
  // an error in any format
  | 'error'
  | 'errors'
  | 'code'
  | 'msg'
  | 'detail'
  | 'title'
  | 'type'
  | 'status'
  | 'success'
  | 'param'
  | 'metadata'
  | 'raw'
  | 'error_message'
  | 'error_msg'
  | 'request_id'
  | 'base_resp'
  | 'status_code'
  | 'status_msg'
  // a list of models
  | 'id'
  | 'name'
  | 'display_name'
  | 'slug'
  | 'models'
  | 'items'
  | 'list'
  | 'meta'
  | 'n_ctx'
  | 'num_ctx'
  | 'loaded_context_length'
  | 'max_context_tokens'
  | 'inputTokenLimit'
  | 'owned_by'
  | 'default_generation_settings'
  | 'modalities'
  | 'chat_template_caps'
  | 'supports_tools'
  | 'context_length'
  | 'context_window'
  | 'contextWindow'
  | 'max_context_length'
  | 'max_model_len'
  | 'max_output_tokens'
  | 'max_completion_tokens'
  | 'top_provider'
  | 'architecture'
  | 'input_modalities'
  | 'output_modalities'
  | 'supported_parameters'
  | 'capabilities'
  | 'vision'
  | 'tools'
  | 'function_calling'
  | 'tool_use'
  | 'image_input'
  | 'supports_vision'
  | 'supports_function_calling'
  | 'supports_reasoning'
  | 'limits'
  | 'limit'
  | 'context'
  | 'output'
  | 'max_context_window_tokens'
  | 'max_input_tokens'
  // prices
  | 'pricing'
  | 'prompt'
  | 'completion'
  | 'request'
  | 'group_ratio'
  | 'model_name'
  | 'enable_groups'
  | 'quota_type'
  | 'model_price'
  | 'model_ratio'
  | 'completion_ratio'
  | 'cache_ratio'
  | 'create_cache_ratio'
  | 'input_cache_read'
  | 'input_cache_write'
  | 'billing_expr';

/** `value` if it is an object and not an array; otherwise undefined. */
export function asObject(value: unknown): ReplyObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

/** `value` if it is an array; otherwise an empty array. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` if it is a string; otherwise ''. */
export function plainText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `value` if it is a string with more than white space; otherwise undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** A short text such as the name of a model or a finish reason, cut to 200 characters; undefined if it is not a string or blank. */
export function asName(value: unknown): string | undefined {
  const text = asText(value);
  if (text === undefined || text.length <= longestName) return text;
  // V8 keeps the whole string in memory as long as a slice of it lives.
  return Buffer.from(text.slice(0, longestName)).toString();
}

/** A finite number of at least 0, also from a string such as "42"; otherwise undefined. */
export function asCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : undefined;
}
