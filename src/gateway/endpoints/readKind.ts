import type { ModelDescription } from '../../core/models/gateway';
import type { ModelKind } from '../../core/models/modelKind';
import { asArray, asObject, asText, type ReplyObject } from '../json/replyObject';

/** Words for kinds, without punctuation: New API, LiteLLM, LM Studio, SiliconFlow, Hugging Face and Together. */
const kindsByWord: ReadonlyMap<string, ModelKind> = new Map(
  Object.entries({
    chat: 'chat llm vlm text language textgeneration imagetexttotext chatcompletion chatcompletions conversational responses',
    completion: 'completion completions textcompletion fim',
    embedding: 'embedding embeddings textembedding featureextraction sentencesimilarity',
    image:
      'image images imagegeneration imagegenerations imageedit imageedits texttoimage imagetoimage openaiimage',
    video: 'video videos videogeneration videogenerations texttovideo imagetovideo openaivideo',
    music: 'music texttomusic',
    speech: 'speech tts audiospeech texttospeech',
    transcription:
      'transcription transcriptions transcribe audiotranscription audiotranscriptions stt asr speechtotext automaticspeechrecognition',
    rerank: 'rerank reranker jinarerank textranking',
    moderation: 'moderation moderations',
    realtime: 'realtime',
  } satisfies Partial<Record<ModelKind, string>>).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind as ModelKind] as const),
  ),
);

/**
 * Reads what a gateway's list says about the kind of a model. Returns nothing if it does not say it, or if it says only that the
 * model takes OpenAI's requests: New API says so of every model of a channel.
 */
export function readKind(model: ReplyObject): Pick<ModelDescription, 'kind'> {
  const kind =
    kindOfWord(asText(model.mode) ?? asText(asObject(model.model_info)?.mode)) ??
    kindOfEndpoints(asArray(model.supported_endpoint_types)) ??
    kindOfPaths([...asArray(model.supported_endpoints), ...asArray(model.supported_operations)]) ??
    kindOfModalities(model) ??
    kindOfWord(asText(model.type)) ??
    kindOfWord(asText(model.pipeline_tag) ?? asText(model.task)) ??
    kindOfCapabilities(model);
  return kind === undefined ? {} : { kind };
}

function kindOfWord(word: string | undefined): ModelKind | undefined {
  return word === undefined ? undefined : kindsByWord.get(word.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

/** New API. The first type is the preferred one. `openai` and the makers of chat models tell nothing. */
function kindOfEndpoints([first]: readonly unknown[]): ModelKind | undefined {
  const kind = kindOfWord(asText(first));
  return kind === 'chat' ? undefined : kind;
}

/** Paths or words: `/v1/chat/completions`, `image_generation`. A model that can chat is a chat model. */
function kindOfPaths(paths: readonly unknown[]): ModelKind | undefined {
  const kinds = paths.map((path) => {
    const text = asText(path) ?? '';
    if (!text.includes('/')) return kindOfWord(text);
    if (/\/(?:chat\/completions|responses|messages)\b/.test(text)) return 'chat';
    return kindOfWord(text.split('/').find((part) => kindOfWord(part) !== undefined));
  });
  return kinds.includes('chat') ? 'chat' : kinds.find((kind) => kind !== undefined);
}

/** OpenRouter and LiteLLM: what goes in and what comes out. */
function kindOfModalities(model: ReplyObject): ModelKind | undefined {
  const architecture = asObject(model.architecture);
  const inputs = asArray(architecture?.input_modalities ?? model.input_modalities);
  const outputs = asArray(architecture?.output_modalities ?? model.output_modalities);
  if (outputs.includes('text')) {
    const hearsOnly = inputs.length > 0 && inputs.every((input) => input === 'audio');
    return hearsOnly ? 'transcription' : 'chat';
  }
  const [output] = outputs;
  return output === 'audio' ? 'speech' : kindOfWord(asText(output));
}

/** Ollama lists words; Mistral has flags. */
function kindOfCapabilities(model: ReplyObject): ModelKind | undefined {
  const words = asArray(model.capabilities);
  if (words.some((word) => word === 'completion' || word === 'chat' || word === 'tools')) return 'chat';
  if (words.length > 0)
    return words.map((word) => kindOfWord(asText(word))).find((kind) => kind !== undefined);
  const flags = asObject(model.capabilities);
  if (flags?.completion_chat === true) return 'chat';
  return flags?.completion_fim === true ? 'completion' : undefined;
}
