/** The view's id in package.json. */
export const chatViewId = 'parley.chat';
