/** The beginning of a path from the root, the home folder, the working folder or a drive, or of a `file:` URL. */
const pathStart = /^(?:[a-z]:[\\/]|~?[\\/]|\.{1,2}[\\/]|file:\/\/)/i;
/** Extensions of model weights that inference engines read. */
const weights =
  /\.(?:gguf|ggml|ggmf|safetensors|bin|pt|pth|onnx|ckpt|mlmodel|mlpackage|llamafile|task|litertlm)$/i;

/**
 * The name of a model in the panel. Some local servers use the path of a file or folder as the id; the name is then the last
 * part of the path. Ids such as `maker/model` stay as they are. Only the displayed name changes, never the id in requests.
 *
 * @param name The name from the gateway or the settings; undefined when only the id is known.
 */
export function modelName(id: string, name: string | undefined): string {
  const given = name === undefined || name.trim() === '' ? id : name;
  const path = given.trim();
  if (!pathStart.test(path) && !(/[\\/]/.test(path) && weights.test(path))) return given;
  const parts = path.split(/[\\/]+/).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  // A drive, `file:` or a dot is not a name.
  return last === '' || last.endsWith(':') || /^\.{1,2}$|^~$/.test(last) ? given : last;
}
