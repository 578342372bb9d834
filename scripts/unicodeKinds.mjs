/** Stands in for the package `uc.micro` in the webview: the browser knows the kinds of characters, and needs no tables of 5 KB. */
export const Any = /[^]/;
export const Cc = /\p{Cc}/u;
export const Cf = /\p{Cf}/u;
export const P = /\p{P}/u;
export const S = /\p{S}/u;
export const Z = /\p{Z}/u;
