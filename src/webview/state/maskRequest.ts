/** A picture that the user paints a mask on. */
export interface MaskRequest {
  /** The id of the pending attachment that has the picture; null if `source` has it. */
  readonly attachment: { readonly id: string; readonly hasMask: boolean } | null;
  /** The picture as a `data:` URL; null if it is loaded by the id of the attachment. */
  readonly source: string | null;
  /** The mask that `source` has, as a `data:` URL; null for none. */
  readonly earlier: string | null;
  readonly name: string;
  /**
   * Takes the mask, a PNG as a `data:` URL. `picture` replaces the picture by one that the mask fits.
   */
  readonly onUse: (result: { readonly mask: string; readonly picture?: string }) => void;
  /** Removes the mask that the picture has; absent if it has none. */
  readonly onRemove?: () => void;
}
