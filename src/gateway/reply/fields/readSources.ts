import { isSourceUrl } from '../../../shared/answer/source';
import { asArray, asCount, asObject, asText, type ReplyObject } from '../../json/replyObject';
import type { UnknownField } from './unknownField';

/** A source in a reply. `number` is the gateway's number for it, or undefined. `start` and `end` are places in the text. */
export interface FoundSource {
  readonly url: string;
  readonly title: string | undefined;
  readonly number: number | undefined;
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** A list of sources. `isNumbered` is true if the text refers to a source by its place in the list, as with `citations`. */
export interface SourceList {
  readonly sources: readonly FoundSource[];
  readonly isNumbered: boolean;
}

/** How deep a field is searched, in levels. */
const deepest = 7;
/** How many sources of a field are read. */
const mostFound = 400;
/** A title is cut after this length, in characters. */
const longestTitle = 300;

const none: readonly SourceList[] = [];

/**
 * True for the name of a field with sources: `citations`, `annotations`, `search_results`, `web_search`, `search_info`,
 * `references`, `groundingMetadata`, `sources` and others.
 */
function isSourceField(name: string): boolean {
  const word = name.toLowerCase().replaceAll(/[_\-\s]/g, '');
  return /citation|annotation|searchresult|websearch|searchinfo|reference|grounding|^sources?$|sourcelist|weblinks?/.test(
    word,
  );
}

/** The lists of sources in the unknown fields of a chunk, a choice or a delta. */
export function readSources(fields: readonly UnknownField[]): readonly SourceList[] {
  let found: SourceList[] | undefined;
  for (const [name, value] of fields) {
    if (typeof value !== 'object' || value === null) continue;
    const lists = isSourceField(name) ? [listIn(value, name)] : listsWithin(value);
    for (const list of lists) if (list.sources.length > 0) (found ??= []).push(list);
  }
  return found ?? none;
}

/** Azure: `context: {citations: […]}`; LiteLLM: `provider_specific_fields: {citations: […]}`; Vertex: `vertex_ai_grounding_metadata`. */
function listsWithin(value: object): readonly SourceList[] {
  const object = asObject(value);
  if (object === undefined) return none;
  return Object.entries(object).flatMap(([name, item]) =>
    typeof item === 'object' && item !== null && isSourceField(name) ? [listIn(item, name)] : [],
  );
}

function listIn(value: object, name: string): SourceList {
  const sources: FoundSource[] = [];
  collect(value, sources, 0);
  const zeroBased = sources.some(({ number }) => number === 0);
  return {
    sources: zeroBased
      ? sources.map((source) =>
          source.number === undefined ? source : { ...source, number: source.number + 1 },
        )
      : sources,
    isNumbered: Array.isArray(value) && !/annotation/i.test(name),
  };
}

function collect(value: unknown, found: FoundSource[], depth: number): void {
  if (found.length >= mostFound || depth > deepest) return;
  if (typeof value === 'string') {
    const url = value.trim();
    if (isSourceUrl(url))
      found.push({ url, title: undefined, number: undefined, start: undefined, end: undefined });
    return;
  }
  if (Array.isArray(value)) {
    for (const item of asArray(value)) collect(item, found, depth + 1);
    return;
  }
  const object = asObject(value);
  if (object === undefined) return;
  const source = sourceOf(object);
  if (source !== undefined) {
    found.push(source);
    return;
  }
  for (const item of Object.values(object)) {
    // Only arrays and objects, because a single URL in another field may be an icon.
    if (typeof item === 'object' && item !== null) collect(item, found, depth + 1);
  }
}

function sourceOf(object: ReplyObject): FoundSource | undefined {
  const { url, link, uri, source_url: sourceUrl, source } = object;
  const address = [url, link, uri, sourceUrl, source]
    .map((item) => (typeof item === 'string' ? item.trim() : ''))
    .find(isSourceUrl);
  if (address === undefined) return undefined;
  const title = asText(object.title) ?? asText(object.name) ?? asText(object.site_name);
  return {
    url: address,
    title: title?.replaceAll(/\s+/g, ' ').trim().slice(0, longestTitle),
    number: numberOf(object),
    start: asCount(object.start_index) ?? asCount(object.startIndex),
    end: asCount(object.end_index) ?? asCount(object.endIndex),
  };
}

/** Qwen: `index: 1`; Zhipu: `refer: "ref_1"`. */
function numberOf(object: ReplyObject): number | undefined {
  const told = object.refer ?? object.ref ?? object.number ?? object.index ?? object.id;
  const digits = typeof told === 'string' ? /^(?:ref_|\[)?(\d{1,3})\]?$/.exec(told)?.[1] : undefined;
  const number = typeof told === 'number' ? told : digits === undefined ? undefined : Number(digits);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 && number < 1_000
    ? number
    : undefined;
}
