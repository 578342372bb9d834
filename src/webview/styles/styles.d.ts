/** A style sheet: imported for its effect, or as text by `with { type: 'text' }`. */
declare module '*.css' {
  const text: string;
  export default text;
}
