import type { GenerationChoices, GenerationOffer } from '../../shared/answer/generationOffer';
import { originOf } from './gateway';

/** How much of a model id is read, in UTF-16 units. */
const longestId = 500;

/** The numbers from 1 to `last`. */
function upTo(last: number): readonly number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

const squareAndOblong = ['1024x1024', '1536x1024', '1024x1536'];
const gptImage: GenerationChoices = {
  quality: ['low', 'medium', 'high'],
  count: upTo(10),
  background: ['transparent', 'opaque'],
  format: ['png', 'jpeg', 'webp'],
};

type MidjourneyMode = NonNullable<GenerationOffer['mode']>;

/** What gateways offer of Midjourney as models of their own. */
const midjourneyModels: readonly (readonly [RegExp, MidjourneyMode])[] = [
  [/^mj[_-]blend/, 'blend'],
  [/^mj[_-]describe/, 'describe'],
  [/^mj[_-]shorten/, 'shorten'],
  [/^mj[_-]edits/, 'edits'],
  [/^mj[_-]video/, 'video'],
  [/^(?:mj[_-])?swap[_-]face/, 'swap-face'],
];
/** APIMart has its own form of Midjourney, without the other two. */
const apimartModes: readonly MidjourneyMode[] = ['blend', 'describe', 'edits', 'video'];
const midjourneyModes: readonly MidjourneyMode[] = [...apimartModes, 'shorten', 'swap-face'];
/** `blend` knows only three shapes; the others are the nearest of them. */
const midjourneySizes = ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16'];

interface Family {
  readonly pattern: RegExp;
  readonly choices: GenerationChoices;
  /** See `GenerationOffer`. */
  readonly mostPictures: number | null;
  /** See `GenerationOffer`. */
  readonly takesMask?: true;
}

/**
 * What families of picture models take, by OpenAI's reference of `/images/generations` and `/images/edits`, and by the pages of
 * gateways about Flux. First match wins.
 */
const pictureFamilies: readonly Family[] = [
  {
    // Any multiple of 16 between 1:3 and 3:1; these are the shapes that people ask for. It refuses a fidelity.
    pattern: /^gpt-image-[2-9]/,
    choices: { ...gptImage, size: [...squareAndOblong, '1536x864', '864x1536', '2048x2048'] },
    mostPictures: 16,
    takesMask: true,
  },
  {
    pattern: /^gpt-image-1-mini|^chatgpt-image/,
    choices: { ...gptImage, size: squareAndOblong },
    mostPictures: 16,
    takesMask: true,
  },
  {
    pattern: /^gpt-image/,
    choices: { ...gptImage, size: squareAndOblong, fidelity: ['low', 'high'] },
    mostPictures: 16,
    takesMask: true,
  },
  {
    pattern: /^dall-?e-?3/,
    choices: {
      size: ['1024x1024', '1792x1024', '1024x1792'],
      quality: ['standard', 'hd'],
      style: ['vivid', 'natural'],
    },
    mostPictures: 0,
  },
  {
    pattern: /^dall-?e/,
    choices: { size: ['1024x1024', '512x512', '256x256'], count: upTo(10) },
    mostPictures: 1,
    takesMask: true,
  },
  {
    pattern: /^flux/,
    choices: { size: ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16'], format: ['png', 'jpeg'] },
    mostPictures: null,
  },
];
const otherPictures: Family = {
  pattern: /^/,
  choices: { size: squareAndOblong, count: upTo(4) },
  mostPictures: null,
};

/** Gateways that make pictures as tasks and take a ratio as the size. */
const takesRatios = /^https?:\/\/(?:[\w-]+\.)*(?:apimart|apipod)\.ai(?::\d+)?$/;
const ratios: GenerationChoices = {
  size: ['1:1', '4:3', '3:4', '3:2', '2:3', '16:9', '9:16'],
  count: upTo(4),
};

/**
 * What a model that makes pictures, video or music can be asked for. Without better knowledge these are only settings that most
 * gateways take.
 */
export function offerFor(kind: GenerationOffer['kind'], modelId: string, baseUrl: string): GenerationOffer {
  const id = modelId.slice(0, longestId).toLowerCase().split('/').at(-1) ?? '';
  const origin = originOf(baseUrl) ?? '';
  switch (kind) {
    case 'image': {
      if (takesRatios.test(origin)) {
        const resolution = origin.includes('apimart') ? { resolution: ['1k', '2k', '4k'] } : {};
        return { kind, choices: { ...ratios, ...resolution }, mostPictures: null };
      }
      const { choices, mostPictures, takesMask } =
        pictureFamilies.find(({ pattern }) => pattern.test(id)) ?? otherPictures;
      return { kind, choices, mostPictures, ...(takesMask === true && { takesMask }) };
    }
    case 'video': {
      if (takesRatios.test(origin))
        return { kind, choices: { size: ['16:9', '9:16', '1:1'] }, mostPictures: null };
      const sizes = ['1280x720', '720x1280'];
      // Of the other models only OpenAI's documents its lengths in this form.
      if (!id.startsWith('sora')) return { kind, choices: { size: sizes }, mostPictures: null };
      const size = [...sizes, '1792x1024', '1024x1792'];
      return { kind, choices: { size, seconds: [4, 8, 12] }, mostPictures: 1 };
    }
    case 'music':
      return { kind, choices: { instrumental: [true] }, mostPictures: 0 };
    case 'midjourney':
      return midjourneyOffer(id, origin.includes('apimart'));
  }
}

function midjourneyOffer(id: string, isApimart: boolean): GenerationOffer {
  const modes = isApimart ? apimartModes : midjourneyModes;
  const mode = midjourneyModels.find(([pattern, one]) => pattern.test(id) && modes.includes(one))?.[1];
  const can = (one: MidjourneyMode): boolean => (mode ?? one) === one;
  const choices: GenerationChoices = {
    ...(mode === undefined && { mode: modes }),
    ...((mode === undefined || mode === 'blend' || mode === 'edits') && { size: midjourneySizes }),
    ...(can('video') && { motion: ['low', 'high'] }),
    speed: ['relax', 'fast', 'turbo'],
  };
  return { kind: 'midjourney', choices, mostPictures: null, ...(mode !== undefined && { mode }) };
}
