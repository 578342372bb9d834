/** How the address of a file begins: from the root, the home folder, the working folder, a drive. */
const pathStart = /^(?:[a-z]:[\\/]|~?[\\/]|\.{1,2}[\\/]|file:\/\/)/i;
/** Files of weights, as the engines for local models read them. */
const weights =
  /\.(?:gguf|ggml|ggmf|safetensors|bin|pt|pth|onnx|ckpt|mlmodel|mlpackage|llamafile|task|litertlm)$/i;

/**
 * What people see as a model's name. A local server may call its model by the path of a file or a folder, of which the
 * last part is enough; `maker/model`, which looks similar, stays. The id that is sent is never changed.
 *
 * @param name What the gateway or the user calls it; absent when only the id is known.
 */
export function modelName(id: string, name: string | undefined): string {
  const given = name === undefined || name.trim() === '' ? id : name;
  const path = given.trim();
  if (!pathStart.test(path) && !(/[\\/]/.test(path) && weights.test(path))) return given;
  const parts = path.split(/[\\/]+/).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  // A drive or `file:` alone is not a name.
  return last === '' || last.endsWith(':') || /^\.{1,2}$|^~$/.test(last) ? given : last;
}
