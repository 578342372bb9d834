import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { PanelPart } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import type { Draft } from './draft';
import type { Post } from './createPost';
import type { Replies } from './replies';
import type { PanelStore } from './panelStore';
import type { FocusAfterSwitch } from '../scrolling/focusAfterSwitch';
import type { HistoryFill } from '../scrolling/historyFill';
import type { ScrollFollower } from '../scrolling/scrollFollower';

/** What the components share: one of each per page, made in `main.tsx`. */
export interface PanelParts {
  readonly store: PanelStore;
  readonly draft: Draft;
  readonly follower: ScrollFollower;
  readonly history: HistoryFill;
  readonly focusAfterSwitch: FocusAfterSwitch;
  /** The part that is open over the conversation; null for none. */
  readonly openPart: Signal<PanelPart | null>;
  /** The host's latest reply to each kind of question; null before the first. */
  readonly replies: Replies;
  readonly post: Post;
  readonly t: Translate;
  /** VS Code's display language, for numbers and dates. */
  readonly language: string;
  /** Tells the host's log; never throws. */
  readonly reportFailure: (error: unknown) => void;
}

const PanelContext = createContext<PanelParts | null>(null);

/** Gives the parts to the components below. */
export const PanelProvider = PanelContext.Provider;

/** The parts, inside of `PanelProvider`. */
export function usePanel(): PanelParts {
  const parts = useContext(PanelContext);
  if (parts === null) throw new Error('A component of the panel stands outside of PanelProvider.');
  return parts;
}
