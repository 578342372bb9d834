import type { Translate } from '../../shared/kit/translate';
import { escapeMarkdown, fenced } from '../text/escapeMarkdown';
import type { EndpointState } from './endpointProbes';
import { verdictLabel, verdictSymbols } from './verdictLabel';
import type { EndpointFinding, FurtherCheck, WorkFinding, WorkName } from './gatewayCheck';

/** The parts of a check's Markdown document about endpoints and kinds of work. Empty if none was checked. */
export function writeFurtherCheck({ endpoints, work }: FurtherCheck, t: Translate): readonly string[] {
  return [...endpointLines(endpoints, t), ...workLines(work, t)];
}

/** The same as plain text. */
export function writeFurtherReport({ endpoints, work }: FurtherCheck, t: Translate): readonly string[] {
  return [
    ...endpoints.map(({ name, state, status }) => {
      const label = `${endpointLabel(name, t)}: ${stateLabel(state, t)}`;
      return status === undefined ? label : `${label} (HTTP ${status})`;
    }),
    ...work.flatMap(({ name, modelId, verdict, found, details = [] }) => [
      `${workLabel(name, t)}, ${modelId ?? t('none')}: ${verdictLabel(verdict, t)}. ${found}`,
      ...details.map((detail) => `    ${detail}`),
    ]),
  ];
}

/** The name of a kind of work in the user's language. */
export function workLabel(name: WorkName | 'endpoints', t: Translate): string {
  switch (name) {
    case 'endpoints':
      return t('Endpoints');
    case 'effort':
      return t('Thinking Effort');
    case 'completions':
      return t('Text Completion');
    case 'embeddings':
      return t('Embeddings');
    case 'speech':
      return t('Speech');
    case 'picture':
      return t('Picture');
  }
}

function endpointLines(endpoints: readonly EndpointFinding[], t: Translate): readonly string[] {
  if (endpoints.length === 0) return [];
  const isUnclear = endpoints.some(({ state }) => state === 'unclear');
  return [
    `## ${t('Endpoints')}`,
    '',
    `| ${t('Endpoint')} | ${t('Result')} |`,
    '| --- | --- |',
    ...endpoints.map(
      ({ name, state }) => `| ${endpointLabel(name, t)} | ${symbols[state]} ${stateLabel(state, t)} |`,
    ),
    '',
    t(
      'Parley asked each endpoint with a request that cannot be read, so that nothing was billed. Models whose endpoint is missing are hidden until the next check.',
    ),
    '',
    ...(isUnclear
      ? [
          t(
            'Unclear: the gateway answers the same to a path that does not exist. Only a request that costs money could tell.',
          ),
          '',
        ]
      : []),
  ];
}

function workLines(work: readonly WorkFinding[], t: Translate): readonly string[] {
  if (work.length === 0) return [];
  return [
    `## ${t('Tried with a model')}`,
    '',
    `| ${t('Step')} | ${t('Model')} | ${t('Result')} | ${t('Finding')} |`,
    '| --- | --- | --- | --- |',
    ...work.map(
      ({ name, modelId, verdict, found }) =>
        `| ${workLabel(name, t)} | ${escapeMarkdown(modelId ?? t('none'))} | ${verdictSymbols[verdict]} ${verdictLabel(verdict, t)} | ${escapeMarkdown(found)} |`,
    ),
    '',
    ...work.flatMap(({ name, details = [] }) =>
      details.length === 0 ? [] : [`${workLabel(name, t)}:`, '', fenced(details.join('\n'), 'text'), ''],
    ),
  ];
}

const symbols: Readonly<Record<EndpointState, string>> = { exists: '✓', missing: '–', unclear: '?' };

function stateLabel(state: EndpointState, t: Translate): string {
  switch (state) {
    case 'exists':
      return t('Exists');
    case 'missing':
      return t('Missing');
    case 'unclear':
      return t('Unclear');
  }
}

function endpointLabel(name: EndpointFinding['name'], t: Translate): string {
  switch (name) {
    case 'chat':
      return t('Chat (/chat/completions)');
    case 'responses':
      return t('Chat (/responses)');
    case 'messages':
      return t('Chat (/messages)');
    case 'completions':
      return t('Completions (/completions)');
    case 'embeddings':
      return t('Embeddings');
    case 'images':
      return t('Pictures');
    case 'image-edits':
      return t('Edits of pictures');
    case 'speech':
      return t('Speech');
    case 'transcription':
      return t('Transcription');
    case 'translation':
      return t('Translation of sound');
    case 'videos':
      return t('Videos (/videos)');
    case 'video-generations':
      return t('Videos (/video/generations)');
    case 'midjourney':
      return 'Midjourney';
    case 'music':
      return t('Music');
    case 'tasks':
      return t('Tasks');
    case 'rerank':
      return t('Rerank');
    case 'moderations':
      return t('Moderation');
    case 'balance':
      return t('Balance');
  }
}
