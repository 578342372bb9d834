import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AttachmentChip } from '../../shared/messages/toView';
import type { PromptDraft } from '../state/draft';

/** A place where a prompt is written: the composer of the next prompt, or the editor of an earlier one. */
export interface ComposerField {
  /** For the intents that attach something: the edited prompt; empty in the composer of the next prompt. */
  readonly place: { readonly edit?: string };
  /** The id of the input element. */
  readonly inputId: string;
  readonly draft: PromptDraft;
  readonly attachments: ReadonlySignal<readonly AttachmentChip[]>;
}

const FieldContext = createContext<ComposerField | null>(null);

/** Provides the field to the components below. */
export const ComposerFieldProvider = FieldContext.Provider;

/** The field that a component belongs to. To be used inside `ComposerFieldProvider`. */
export function useComposerField(): ComposerField {
  const field = useContext(FieldContext);
  if (field === null) throw new Error('A part of the composer is outside of ComposerFieldProvider.');
  return field;
}
