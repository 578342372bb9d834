import type { JSX } from 'preact';
import { modalAction, type Generation } from '../../shared/answer/generation';
import type { GenerationProgress } from '../../shared/answer/task';
import { lazyComponent } from '../kit/lazyComponent';
import { ratioOf } from '../../shared/answer/generationOffer';
import { addStyles } from '../kit/addStyles';
import { Icon } from '../kit/icon';
import type { AnswerFacts } from '../state/messageFacts';
import { usePanel } from '../state/panelParts';
import { MediaList } from './mediaList';
import styles from './generatedMedia.css' with { type: 'text' };
import { MakingProgress } from './makingProgress';
import { PictureTile } from './pictureTile';
import { TaskActions } from './taskActions';

addStyles(styles);

/** Only few tasks need it. */
const ModalForm = lazyComponent(async () => (await import('./modalForm')).ModalForm);

/** Most places that are kept free for pictures that have not come. */
const mostPlaces = 10;

/** The buttons of a finished task, or a form for one that waits for a prompt. */
function TaskEnd({
  id,
  made,
  progress: { actions, task },
}: {
  readonly id: string;
  readonly made: Generation;
  readonly progress: GenerationProgress;
}): JSX.Element {
  const index = actions.findIndex(({ customId }) => customId === modalAction.customId);
  if (index < 0 || made.action === undefined) return <TaskActions id={id} actions={actions} />;
  // APIMart, whose paths differ, does not document a mask.
  const takesMask = made.action.customId.includes('Inpaint') && task?.path.includes('/mj/') === true;
  return <ModalForm id={id} index={index} button={made.action} takesMask={takesMask} />;
}

/** False for music, and for tasks of Midjourney whose answer is text. */
function showsPictures({ kind, settings: { mode }, action }: Generation): boolean {
  return kind !== 'music' && (action !== undefined || (mode !== 'describe' && mode !== 'shorten'));
}

interface GeneratedMediaProps {
  readonly facts: AnswerFacts;
  readonly generation: NonNullable<AnswerFacts['generation']>;
}

/**
 * The pictures, video or music of an answer. Each picture has its place before it comes, so that nothing moves: an unfinished
 * picture and then the picture itself appear in it.
 */
export function GeneratedMedia({ facts, generation }: GeneratedMediaProps): JSX.Element {
  const { t } = usePanel();
  const { id, media } = facts;
  const { made, progress } = generation;
  const isMaking = facts.ending === null || facts.stage === 'waiting';
  const pictures = media.flatMap((medium, index) => (medium.kind === 'image' ? [{ medium, index }] : []));
  const awaited = isMaking && showsPictures(made) ? Math.min(made.settings.count ?? 1, mostPlaces) : 0;
  const hasOthers = pictures.length < media.length;
  const places = hasOthers ? pictures.length : Math.max(pictures.length, awaited);
  const ratio = ratioOf(made.settings.size ?? '') ?? (made.kind === 'video' ? 16 / 9 : 1);
  const revised = [...new Set(media.flatMap(({ revisedPrompt }) => revisedPrompt ?? []))];
  const making = isMaking && facts.retry === null && (
    <MakingProgress made={made} since={facts.createdAt} progress={progress} />
  );
  return (
    <div class={isMaking ? 'generated unfinished' : 'generated'}>
      {places > 0 && (
        <div class={places > 1 ? 'picture-tiles several' : 'picture-tiles'}>
          {Array.from({ length: places }, (_, place) => (
            <PictureTile
              key={place}
              id={id}
              media={media}
              index={pictures[place]?.index ?? null}
              preview={place === pictures.length ? (progress?.preview?.url ?? null) : null}
              ratio={ratio}
              isMaking={isMaking}
            >
              {place === pictures.length && making}
            </PictureTile>
          ))}
        </div>
      )}
      {hasOthers && <MediaList id={id} media={media} from={0} to={media.length} />}
      {pictures.length >= places && making}
      {facts.ending?.outcome === 'cancelled' && !isMaking && (
        <StoppedNote id={id} hasTask={(progress?.task ?? null) !== null} />
      )}
      {revised.map((prompt) => (
        <details key={prompt} class="fold">
          <summary>
            <Icon name="info" />
            <span>{t('The model changed the prompt.')}</span>
            <Icon name="chevron-right" />
          </summary>
          <p class="shortened-summary" dir="auto">
            {prompt}
          </p>
        </details>
      ))}
      {!isMaking && progress !== null && progress.actions.length > 0 && (
        <TaskEnd id={id} made={made} progress={progress} />
      )}
    </div>
  );
}

/** Tells what Stop could not stop. A task goes on at the gateway, so its result can be fetched later. */
function StoppedNote({ id, hasTask }: { readonly id: string; readonly hasTask: boolean }): JSX.Element {
  const { post, t } = usePanel();
  if (!hasTask)
    return (
      <p class="note">
        <Icon name="info" />
        {t('The gateway may go on and bill.')}
      </p>
    );
  return (
    <div class="stopped-task">
      <p class="note">
        <Icon name="info" />
        {t('Only the wait was stopped. The gateway goes on with the task and bills it.')}
      </p>
      <button
        type="button"
        class="button secondary"
        onClick={() => {
          post('failure-action', { id, action: 'check-again' });
        }}
      >
        {t('Check Again')}
      </button>
    </div>
  );
}
