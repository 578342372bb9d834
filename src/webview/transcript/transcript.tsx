import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../kit/icon';
import { lazyComponent } from '../kit/lazyComponent';
import { usePanel } from '../state/panelParts';
import { Answer } from './answer';
import { chapterSize, groupSize } from '../scrolling/historyFill';
import { runClock } from './runClock';
import { LightboxProvider } from './lightboxProvider';
import { Prompt } from './prompt';

/** Loaded with the first comparison, because most chats have none. */
const Comparison = lazyComponent(async () => (await import('./comparison')).Comparison);

/** The conversation. Each conversation has its own element, with its own scroll position. */
export function Transcript(): JSX.Element {
  const { store, follower, t } = usePanel();
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroller.current === null || content.current === null) return;
    const attached = follower.attach(scroller.current, content.current);
    const clock = runClock();
    return () => {
      attached.dispose();
      clock.dispose();
    };
  }, []);
  return (
    <div class="transcript-frame">
      <div
        class="transcript"
        ref={scroller}
        tabIndex={0}
        role="feed"
        aria-label={t('Conversation')}
        onClick={(event) => {
          keepFoldInSight(event, store.streaming.peek(), () => {
            follower.release();
          });
        }}
      >
        <div class="transcript-content" ref={content}>
          <LightboxProvider>
            <Chapters />
          </LightboxProvider>
        </div>
      </div>
      <JumpButton />
    </div>
  );
}

/** An element that is unfolded by a click stays under the pointer, instead of the end staying visible. */
function keepFoldInSight(event: MouseEvent, streaming: boolean, release: () => void): void {
  if (!streaming && event.target instanceof Element && event.target.closest('summary') !== null) release();
}

function Chapters(): JSX.Element {
  const { store, history } = usePanel();
  const path = store.path.value;
  useEffect(() => {
    history.include(path.length);
  }, [path.length]);
  const first = history.firstGroup.value * groupSize;
  const chapters: JSX.Element[] = [];
  for (let start = first - (first % chapterSize); start < path.length; start += chapterSize) {
    const ids = path.slice(Math.max(first, start), start + chapterSize).join(' ');
    chapters.push(<Chapter key={start} start={Math.max(first, start)} ids={ids} />);
  }
  return <>{chapters}</>;
}

/** Groups that layout can skip as one. Ids are passed as one string, so that equal chapters compare as equal. */
function Chapter({ start, ids }: { readonly start: number; readonly ids: string }): JSX.Element {
  const all = ids.split(' ');
  const groups: JSX.Element[] = [];
  for (let at = 0; at < all.length; at += groupSize) {
    const group = all.slice(at, at + groupSize).join(' ');
    groups.push(<Group key={start + at} start={start + at} ids={group} />);
  }
  return <div class="chapter">{groups}</div>;
}

/** A few messages that layout can skip as one. */
function Group({ start, ids }: { readonly start: number; readonly ids: string }): JSX.Element {
  const { history } = usePanel();
  const group = start / groupSize;
  const isGap = useComputed(() => history.gaps.value.has(group)).value;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isGap || place.current === null) return;
    // A screen before it comes into sight.
    const options = { root: place.current.closest('.transcript'), rootMargin: '100% 0px' };
    const sight = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) history.drawGap(group);
    }, options);
    sight.observe(place.current);
    return () => {
      sight.disconnect();
    };
  }, [isGap]);
  if (isGap) return <div key="gap" class="group gap" ref={place} />;
  return (
    <div class="group">
      {ids.split(' ').map((id, index) => (
        <MessageItem key={id} id={id} position={start + index + 1} />
      ))}
    </div>
  );
}

function MessageItem({
  id,
  position,
}: {
  readonly id: string;
  readonly position: number;
}): JSX.Element | null {
  const { store } = usePanel();
  const facts = store.message(id)?.value;
  if (facts === undefined) return null;
  if (facts.role === 'assistant') return <Answer facts={facts} position={position} />;
  return (
    <>
      <Prompt facts={facts} position={position} />
      {facts.comparison !== null && <Comparison id={id} answers={facts.comparison} position={position + 1} />}
    </>
  );
}

function JumpButton(): JSX.Element | null {
  const { follower, t } = usePanel();
  if (!follower.away.value) return null;
  return (
    <button
      type="button"
      class="jump"
      aria-label={t('Jump to Latest')}
      title={t('Jump to Latest')}
      onClick={() => {
        follower.jump(!wantsLessMotion());
      }}
    >
      <Icon name="arrow-down" />
    </button>
  );
}

function wantsLessMotion(): boolean {
  return (
    document.body.classList.contains('vscode-reduce-motion') ||
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}
