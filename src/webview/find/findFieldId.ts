/** Id of the find bar's input, to focus it again while the bar is open. */
export const findFieldId = 'find-field';
