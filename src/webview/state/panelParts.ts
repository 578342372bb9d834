import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { MaskRequest } from './maskRequest';
import type { PanelPart } from '../../shared/messages/toView';
import type { Translate } from '../../shared/kit/translate';
import type { Draft } from './draft';
import type { Post } from './createPost';
import type { Replies } from './replies';
import type { PanelStore } from './panelStore';
import type { FocusAfterSwitch } from '../scrolling/focusAfterSwitch';
import type { HistoryFill } from '../scrolling/historyFill';
import type { ScrollFollower } from '../scrolling/scrollFollower';

/** One reading of an answer. */
export interface Reading {
  /** The id of the answer. */
  readonly id: string;
  /** Differs from that of the reading before, which may be of the same answer. */
  readonly turn: number;
}

/** The objects that the components share: one of each per page, made in `main.tsx`. */
export interface PanelParts {
  readonly store: PanelStore;
  readonly draft: Draft;
  readonly follower: ScrollFollower;
  readonly history: HistoryFill;
  readonly focusAfterSwitch: FocusAfterSwitch;
  /** The part that is open over the conversation; null for none. */
  readonly openPart: Signal<PanelPart | null>;
  /** The answer that is read aloud; null for none. */
  readonly reading: Signal<Reading | null>;
  /** The picture that a mask is painted on; null for none. */
  readonly painting: Signal<MaskRequest | null>;
  /** The host's latest reply to each kind of request; null before the first. */
  readonly replies: Replies;
  readonly post: Post;
  readonly t: Translate;
  /** VS Code's display language, for numbers and dates. */
  readonly language: string;
  /** Writes to the host's log. Never throws. */
  readonly reportFailure: (error: unknown) => void;
}

const PanelContext = createContext<PanelParts | null>(null);

/** Provides the parts to the components below. */
export const PanelProvider = PanelContext.Provider;

/** The parts. To be used inside `PanelProvider`. */
export function usePanel(): PanelParts {
  const parts = useContext(PanelContext);
  if (parts === null) throw new Error('A component of the panel stands outside of PanelProvider.');
  return parts;
}
