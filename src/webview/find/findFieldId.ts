/** Id of the field of the find bar, for whoever asks for it again while the bar is open. */
export const findFieldId = 'find-field';
