import { deepEqual, equal } from 'node:assert/strict';
import { readModelList } from '../../../../src/gateway/endpoints/readModelList';

/** The kind that a list tells of a model; undefined if it does not. */
function kindIn(model: Readonly<Record<string, unknown>>): string | undefined {
  const [read] = readModelList({ data: [{ id: 'any-model', ...model }] }) ?? [];
  return read?.kind;
}

describe('The kind of a model in the list of a gateway', () => {
  for (const [maker, model, kind] of [
    ['New API', { supported_endpoint_types: ['image-generation', 'openai'] }, 'image'],
    ['New API', { supported_endpoint_types: ['embeddings'] }, 'embedding'],
    ['New API', { supported_endpoint_types: ['jina-rerank'] }, 'rerank'],
    ['New API', { supported_endpoint_types: ['openai-video'] }, 'video'],
    ['New API, which says so of every model', { supported_endpoint_types: ['openai'] }, undefined],
    [
      'New API, a model of pictures in a chat',
      { supported_endpoint_types: ['openai', 'image-generation'] },
      undefined,
    ],
    ['New API, Anthropic', { supported_endpoint_types: ['anthropic', 'openai'] }, undefined],
    ['OpenRouter', { architecture: { input_modalities: ['text'], output_modalities: ['image'] } }, 'image'],
    [
      'OpenRouter',
      { architecture: { input_modalities: ['text'], output_modalities: ['text', 'image'] } },
      'chat',
    ],
    ['OpenRouter', { architecture: { output_modalities: ['embeddings'] } }, 'embedding'],
    [
      'OpenRouter',
      { architecture: { input_modalities: ['audio'], output_modalities: ['text'] } },
      'transcription',
    ],
    ['OpenRouter', { architecture: { output_modalities: ['audio'] } }, 'speech'],
    ['OpenRouter', { architecture: { output_modalities: ['video'] } }, 'video'],
    ['LM Studio', { type: 'llm' }, 'chat'],
    ['LM Studio', { type: 'vlm' }, 'chat'],
    ['LM Studio', { type: 'embeddings' }, 'embedding'],
    ['SiliconFlow', { type: 'image' }, 'image'],
    ['SiliconFlow, sound of an unknown direction', { type: 'audio' }, undefined],
    ['Anthropic', { type: 'model' }, undefined],
    ['Ollama', { capabilities: ['completion', 'vision', 'tools'] }, 'chat'],
    ['Ollama', { capabilities: ['embedding'] }, 'embedding'],
    ['Ollama', { capabilities: ['image'] }, 'image'],
    ['Mistral', { capabilities: { completion_chat: true, completion_fim: true } }, 'chat'],
    ['Mistral', { capabilities: { completion_chat: false, completion_fim: true } }, 'completion'],
    ['LiteLLM', { mode: 'audio_speech' }, 'speech'],
    ['LiteLLM', { model_info: { mode: 'audio_transcription' } }, 'transcription'],
    ['LiteLLM', { mode: 'image_generation' }, 'image'],
    ['LiteLLM', { mode: 'image_edit' }, 'image'],
    ['LiteLLM', { mode: 'moderation' }, 'moderation'],
    ['LiteLLM', { mode: 'responses' }, 'chat'],
    ['LiteLLM', { mode: 'completion' }, 'completion'],
    ['LiteLLM', { mode: 'realtime' }, 'realtime'],
    ['Paths', { supported_endpoints: ['/v1/embeddings'] }, 'embedding'],
    ['Paths', { supported_endpoints: ['/v1/images/generations', '/v1/chat/completions'] }, 'chat'],
    ['Paths', { supported_endpoints: ['/v1/audio/transcriptions'] }, 'transcription'],
    ['Operations', { supported_operations: ['image_generation'] }, 'image'],
    ['Hugging Face', { pipeline_tag: 'text-to-image' }, 'image'],
    ['Hugging Face', { pipeline_tag: 'image-text-to-text' }, 'chat'],
    ['Hugging Face', { task: 'automatic-speech-recognition' }, 'transcription'],
    ['A list of ids', {}, undefined],
    [
      'Unknown words',
      { type: 'widget', mode: 7, capabilities: ['fast'], supported_endpoint_types: [null] },
      undefined,
    ],
  ] as const)
    it(`${maker}: ${JSON.stringify(model)} is ${kind ?? 'unknown'}`, () => {
      equal(kindIn(model), kind);
    });

  it('is left out if the list does not tell it', () => {
    deepEqual(readModelList([{ id: 'dall-e-3' }]), [{ id: 'dall-e-3' }]);
  });
});
